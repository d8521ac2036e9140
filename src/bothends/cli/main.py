"""Runs one command and turns whatever happens into an exit code and messages."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

from bothends.cli.arguments import parser
from bothends.cli.exit_codes import FAULT, PROBLEM

_INTERRUPTED: Final = 130
_TERMINATED: Final = 143

_LONG_RUNNING: Final = ("serve",)


class Terminated(KeyboardInterrupt):
    """The process was asked to end, and ends as if it had been interrupted: it cleans up."""


def hear_signals() -> None:
    """Have a request to end the process clean up first, as an interruption does."""
    import signal

    def stop(number: int, frame: object) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, stop)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code; never raises for what a user can cause."""
    try:
        os.getcwd()  # noqa: PTH109 - quick
    except OSError as error:
        sys.stderr.write(f"the current folder is not there any more: {error.strerror}\n")
        return PROBLEM
    try:
        options = parser(next(iter(arguments), None)).parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    if options.command not in _LONG_RUNNING:
        # What a run makes lives until its end: looking for garbage again and again is time lost.
        gc.set_threshold(1_000_000, 20, 50)
    command: Callable[..., int] = import_module(f"bothends.cli.{options.command}").run
    try:
        return command(options)
    except KeyboardInterrupt as stop:
        sys.stderr.write("interrupted: every package is what it was, or what it was to be\n")
        return _TERMINATED if isinstance(stop, Terminated) else _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEM
    except UnicodeEncodeError as error:
        if sys.getfilesystemencoding().startswith("utf"):
            return _fault(error)
        sys.stderr.write(f"the locale cannot express {error.object!r}: set PYTHONUTF8=1, or a locale with UTF-8\n")
        return PROBLEM
    except Exception as fault:  # the last resort: a fault of ours is said as one line
        return _fault(fault)


def _fault(fault: Exception) -> int:
    if os.environ.get("BOTHENDS_DEBUG"):
        raise fault
    sys.stderr.write(
        f"bothends: internal fault: {type(fault).__name__}: {fault}\n"
        "Nothing was written. Please report this with the document; BOTHENDS_DEBUG=1 shows where it happened.\n"
    )
    return FAULT
