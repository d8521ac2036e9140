"""Generates every example, or checks that it is what the tool writes: ``generate.py generate|check``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(command: str) -> int:
    """Run one command of bothends in every example's folder; return the worst exit code."""
    configs = sorted(HERE.glob("*/bothends.toml"))
    return max(
        subprocess.run([sys.executable, "-m", "bothends", command], cwd=config.parent, check=False).returncode
        for config in configs
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
