"""Runs calls in processes of their own, which are killed when they take too long, and measures what they cost.

Forking saves the time that imports take, which a command needs many times over for a small document.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CRASHED = 99


@dataclass(frozen=True)
class Ended:
    """How a call ended: its code, negative for a signal; what it said; seconds of CPU and MiB, with its children."""

    code: int
    said: str
    cpu: float
    peak: float


def forked(call: Callable[[], int], *, cwd: Path, stdin: Path = Path(os.devnull), limit: float = 120) -> Ended:
    """Run a call that returns an exit code; after ``limit`` seconds it is killed, with all that it started."""
    preload()
    with tempfile.TemporaryFile() as output:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # about threads, which the child has no use for
            process = os.fork()
        if process == 0:
            _child(call, cwd, stdin, output.fileno())
        timer = threading.Timer(limit, _kill, (process,))
        timer.start()
        _, status, usage = os.wait4(process, 0)
        timer.cancel()
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    return Ended(os.waitstatus_to_exitcode(status), said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _child(call: Callable[[], int], cwd: Path, stdin: Path, output: int) -> None:
    code = CRASHED
    try:
        os.setsid()
        os.chdir(cwd)
        os.dup2(os.open(stdin, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        # Test runners put files in the place of these.
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        code = call()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _kill(process: int) -> None:
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(process, signal.SIGKILL)


@cache
def preload() -> None:
    """Import what commands import when they run, and what generated packages import."""
    import bothends

    for module in pkgutil.walk_packages(bothends.__path__, "bothends."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("fastapi.routing", "httpx2", "openapi_spec_validator", "jsonschema_rs", "uvicorn"):
        importlib.import_module(name)
