"""Runs commands and says what they cost: CPU seconds of the whole process tree, wall seconds, peak memory."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, Final

_LAST_LINES: Final = 3
#: How the folders begin in which earlier output lies.
_PAST: Final = ".past-"
_FRAME: Final = " \t│╭╮╰╯─"


@dataclass(frozen=True)
class Cost:
    """What a command cost, children included. ``peak`` is that of the largest process, in MiB.

    ``said`` is how its output ended, where it failed.
    """

    cpu: float
    wall: float
    peak: float
    code: int = 0
    said: str = ""


@dataclass(frozen=True)
class Command:
    """A command under a name. ``before`` runs ahead of each run and is not counted; ``rounds``: it runs no oftener."""

    name: str
    arguments: Sequence[str]
    cwd: Path | None = None
    before: Sequence[str] | None = None
    rounds: int | None = None


def run(command: Command, timeout: float = 600) -> Cost:
    """Run a command once. What it prints is kept where it fails."""
    if command.before:
        subprocess.run(command.before, cwd=command.cwd, check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryFile() as printed:
        start = time.monotonic()
        process = subprocess.Popen(
            command.arguments,
            cwd=command.cwd,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        timer = _kill_after(process, timeout)
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said = _ending(printed) if process.returncode else ""
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / unit, process.returncode, said)


def new(output: Path) -> Sequence[str]:
    """Return the command that makes room for an output folder; what is there moves aside.

    It is not deleted: some file systems take their time to create files where many have just been deleted.
    """
    return python(
        "import pathlib, tempfile;"
        f"p = pathlib.Path({str(output)!r}); p.parent.mkdir(parents=True, exist_ok=True);"
        f"p.exists() and p.rename(tempfile.mkdtemp(prefix={_PAST!r}, dir=p.parent) + '/it')"
    )


def remove_past(folder: Path) -> None:
    """Remove what has moved aside below a folder."""
    for past in sorted(folder.rglob(f"{_PAST}*")):
        shutil.rmtree(past, ignore_errors=True)


def compare(commands: Sequence[Command], rounds: int) -> dict[str, Cost]:
    """Run the commands in turn, ``rounds`` times, and return the median of each; commands that fail run once."""
    found: dict[str, list[Cost]] = {command.name: [] for command in commands}
    for number in range(rounds):
        for command in commands:
            costs = found[command.name]
            wanted = command.rounds is None or number < command.rounds
            if not costs or (wanted and costs[-1].code == 0):
                costs.append(run(command))
    return {name: median(costs) for name, costs in found.items()}


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.peak for cost in costs),
        costs[-1].code,
        costs[-1].said,
    )


def python(code: str) -> list[str]:
    """Return a command that runs Python code."""
    return [sys.executable, "-c", code]


def _ending(printed: IO[bytes]) -> str:
    """Return the last lines of what a command printed, without the frames that some draw around it."""
    printed.seek(0)
    text = printed.read().decode("utf-8", "replace")
    lines = [found for line in text.splitlines() if (found := line.strip(_FRAME))]
    return "\n".join(lines[-_LAST_LINES:])


def _environment() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONHASHSEED": "0"}


def _kill_after(process: subprocess.Popen[bytes], seconds: float) -> Timer:
    timer = Timer(seconds, process.kill)
    timer.start()
    return timer
