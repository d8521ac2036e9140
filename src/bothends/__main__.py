"""Runs the command line."""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run ``bothends`` with the arguments of the process, and exit."""
    from bothends.cli.main import hear_signals, run

    hear_signals()
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal does not know must not end a run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
