"""Runs commands and says what they cost: CPU seconds of the whole process tree, wall seconds, peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer


@dataclass(frozen=True)
class Cost:
    """What a command cost, children included. ``peak`` is that of the largest process, in MiB."""

    cpu: float
    wall: float
    peak: float
    code: int = 0


@dataclass(frozen=True)
class Command:
    """A command under a name. ``before`` runs ahead of each run and is not counted."""

    name: str
    arguments: Sequence[str]
    cwd: Path | None = None
    before: Sequence[str] | None = None


def run(command: Command, timeout: float = 600) -> Cost:
    """Run a command once. What it prints is thrown away."""
    if command.before:
        subprocess.run(command.before, cwd=command.cwd, check=True, stdout=subprocess.DEVNULL)
    start = time.monotonic()
    process = subprocess.Popen(
        command.arguments,
        cwd=command.cwd,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    timer = _kill_after(process, timeout)
    _, status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    wall = time.monotonic() - start
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / unit, process.returncode)


def compare(commands: Sequence[Command], rounds: int) -> dict[str, Cost]:
    """Run the commands in turn, ``rounds`` times, and return the median of each; commands that fail run once."""
    found: dict[str, list[Cost]] = {command.name: [] for command in commands}
    for _ in range(rounds):
        for command in commands:
            costs = found[command.name]
            if not costs or costs[-1].code == 0:
                costs.append(run(command))
    return {name: median(costs) for name, costs in found.items()}


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.peak for cost in costs),
        costs[-1].code,
    )


def python(code: str) -> list[str]:
    """Return a command that runs Python code."""
    return [sys.executable, "-c", code]


def _environment() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONHASHSEED": "0"}


def _kill_after(process: subprocess.Popen[bytes], seconds: float) -> Timer:
    timer = Timer(seconds, process.kill)
    timer.start()
    return timer
