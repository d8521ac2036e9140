"""Run as a program: fuzzes the function that the first argument names; the others are libFuzzer's."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["bothends"]):
    from security import fuzzing


def main() -> None:
    target = getattr(fuzzing, sys.argv.pop(1))
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
