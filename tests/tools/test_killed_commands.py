"""Whole commands are killed, at moments drawn over the run and above all over the writing: nothing is ever half there.

After each kill the package is, byte for byte, the old one or the new one; the command that follows succeeds, and leaves
nothing beside the package nor among the temporary files. ``BOTHENDS_KILLS`` says how many commands are killed,
``BOTHENDS_KILLED_SPEC`` and ``BOTHENDS_KILLED_OTHER`` which two documents the package is generated from in turn.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from support.versions import digest_of, versions

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL here")]

ROOT = Path(__file__).parents[2]
SPEC = Path(os.environ.get("BOTHENDS_KILLED_SPEC", ROOT / "specs/harbour/openapi.yaml"))
OTHER = os.environ.get("BOTHENDS_KILLED_OTHER")
KILLS = int(os.environ.get("BOTHENDS_KILLS", "20"))
#: The share of commands which are followed by one that has something to do.
FURTHER = float(os.environ.get("BOTHENDS_KILLED_FURTHER", "0.5"))
#: Seconds between two looks at the folder above the package.
LOOK = 0.001


@dataclass
class Times:
    """Seconds from the start of a command: the lock is taken, the folders change places, the command ends."""

    lock: float = 0.0
    exchange: float = 0.0
    end: float = 0.0


@dataclass
class Place:
    """A folder with two documents and the package that is made of either."""

    root: Path
    specs: tuple[Path, Path]
    states: dict[str, int] = field(default_factory=dict[str, int])
    times: Times = field(default_factory=Times)

    @property
    def package(self) -> Path:
        return self.root / "package"

    @property
    def lock(self) -> Path:
        return self.root / ".package.bothends-lock"

    def start(self, turn: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bothends", "generate", str(self.specs[turn]), "-o", "package", "-q"]
        variables = {**os.environ, "TMPDIR": str(self.root / "temporary")}
        return subprocess.Popen(command, cwd=self.root, env=variables, stderr=subprocess.PIPE, start_new_session=True)

    def run(self, turn: int) -> None:
        """Run a command to its end; it succeeds and leaves nothing behind."""
        with self.start(turn) as process:
            said = process.stderr.read() if process.stderr else b""
        assert process.returncode == 0, said
        assert self.leftovers() == []

    def measure(self, turn: int) -> str:
        """Run a command to its end, take its times, and return the digest of the package."""
        before = inode(self.package)
        start = time.monotonic()
        with self.start(turn) as process:
            while process.poll() is None:
                now = time.monotonic() - start
                if not self.times.lock and self.lock.exists():
                    self.times.lock = now
                if not self.times.exchange and inode(self.package) != before:
                    self.times.exchange = now
                time.sleep(LOOK)
        self.times.end = time.monotonic() - start
        assert process.returncode == 0
        return digest_of(self.package)

    def leftovers(self) -> list[str]:
        return sorted(
            path.name.rpartition("-")[2] for path in (*self.root.glob(".package.*"), *self.root.glob("temporary/.*"))
        )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "temporary").mkdir()
    found = Place(tmp_path, tuple(documents(tmp_path)))  # type: ignore[arg-type]
    for turn in (0, 1):  # so that either knows the names of the other
        found.run(turn)
    for turn in (0, 1):
        found.times = Times()
        found.states[found.measure(turn)] = turn
    assert len(found.states) == 2
    return found


def documents(folder: Path) -> Iterable[Path]:
    """Return two documents: files come, go and change between their packages."""
    return versions(SPEC, folder) if OTHER is None else (SPEC, Path(OTHER))


def inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


def wait_to_kill(place: Place, process: subprocess.Popen[bytes], kind: str, dice: random.Random) -> None:
    """Return at the moment at which the process is to be killed, or when it has ended."""
    times = place.times
    if kind == "any moment":
        time.sleep(dice.uniform(0, times.end * 1.05))
        return
    while process.poll() is None and not place.lock.exists():
        time.sleep(LOOK)
    if kind == "writing":
        time.sleep(dice.uniform(0, (times.end - times.lock) * 1.05))
    else:
        time.sleep(max(0.0, dice.gauss(times.exchange - times.lock, (times.end - times.lock) * 0.12)))


def test_a_command_that_is_killed_leaves_one_of_two_packages(place: Place) -> None:
    dice = random.Random(2)
    outcomes: Counter[tuple[str, str, str]] = Counter()
    killed = 0
    while killed < KILLS:
        before = place.states[digest_of(place.package)]
        kind = dice.choices(("any moment", "writing", "exchange"), (2, 5, 3))[0]
        with place.start(1 - before) as process:
            wait_to_kill(place, process, kind, dice)
            leftovers = ""
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                leftovers = " ".join(place.leftovers()) or "nothing beside"
                killed += 1
        now = place.states.get(digest_of(place.package))
        assert now is not None
        outcome = "new" if now != before else "old"
        outcomes[kind, outcome, leftovers or "ended before"] += 1
        print(kind, outcome, leftovers or "ended before", flush=True)  # noqa: T201 - it takes long
        place.run(1 - now if dice.random() < FURTHER else now)
        assert digest_of(place.package) in place.states
    print(f"\n{KILLS} kills, {place.times}")  # noqa: T201 - the figures are the point
    for (kind, outcome, leftovers), count in sorted(outcomes.items()):
        print(f"{count:5} {kind:<12} {outcome}  {leftovers}")  # noqa: T201
    assert len({outcome for _, outcome, _ in outcomes}) == 2 or KILLS < 20
