"""Runs the command line in a process of its own and measures what it costs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What a process said and cost, the processes that it started included. ``peak`` is in MiB, of the largest."""

    code: int
    output: str
    cpu: float
    peak: float


def run(arguments: Sequence[str], *, cwd: Path | None = None, limit: float = 25) -> Ran:
    """Run Python with these arguments; after ``limit`` seconds it is killed."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=cwd,
            start_new_session=True,
        )
        timer = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    return Ran(process.returncode, said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def generate(spec: Path, output: Path) -> Ran:
    """Generate a package."""
    return run(["-m", "bothends", "generate", str(spec), "-o", str(output)], cwd=spec.parent)


IMPORT_EVERYTHING = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
package = importlib.import_module(sys.argv[2])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
"""


def import_everything(package: Path) -> Ran:
    """Import every module of a package."""
    return run(["-c", IMPORT_EVERYTHING, str(package.parent), package.name], limit=120)
