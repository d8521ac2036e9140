"""Runs the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run ``bothends`` with the arguments of the process, and exit."""
    from bothends.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
