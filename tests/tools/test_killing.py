"""Killed at any moment, a writer leaves the old package or the new one, byte for byte, and the next run succeeds.

Here a plan is made once, and the process that carries it out is killed; ``test_killed_commands`` kills whole commands.
``BOTHENDS_KILLS`` says how many processes are killed, ``BOTHENDS_KILLED_SPEC`` which document is generated from.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.output.plan import Plan
from bothends.output.write import write_plan
from bothends.pipeline import Session
from support.versions import digest_of, versions

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")]

ROOT = Path(__file__).parents[2]
SPEC = Path(os.environ.get("BOTHENDS_KILLED_SPEC", ROOT / "specs/harbour/openapi.yaml"))
KILLS = int(os.environ.get("BOTHENDS_KILLS", "40"))


@pytest.fixture
def states(tmp_path: Path) -> dict[str, Plan]:
    """Two documents, for one package: the plans that make it the one and the other, by the digest of the result."""
    found: dict[str, Plan] = {}
    specs = tuple(versions(SPEC, tmp_path))
    for spec in specs * 2:  # so that either knows the names of the other
        plan = Session(TargetConfig(str(spec), tmp_path / "package", "package"), Report()).plan()
        write_plan(plan)
        found[digest_of(tmp_path / "package")] = plan
    assert len(found) == 2
    return found


def test_a_writer_that_is_killed_leaves_one_of_two_packages(states: dict[str, Plan], tmp_path: Path) -> None:
    folder = tmp_path / "package"
    dice = random.Random(1)
    duration = max(_timed(folder, states), 0.01)
    outcomes: Counter[str] = Counter()
    for _ in range(KILLS):
        before = digest_of(folder)
        after = next(state for state in states if state != before)
        child = os.fork()
        if child == 0:
            try:
                write_plan(states[after])
            finally:
                os._exit(0)
        time.sleep(dice.uniform(0, duration * 1.1))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        now = digest_of(folder)
        assert now in states
        assert now == after or os.WIFSIGNALED(status)
        leftovers = sorted(path.name.rpartition("-")[2] for path in tmp_path.glob(".package.*"))
        outcomes[f"{'new' if now == after else 'old'} {leftovers}"] += 1
        write_plan(states[after] if now == before else states[before])
        assert digest_of(folder) == (after if now == before else before)
        assert not list(tmp_path.glob(".package.*"))
    print(f"\n{KILLS} kills within {duration:.2f} s, {len(states[before].changes)} files: {dict(outcomes)}")  # noqa: T201 - the figures are the point
    assert len(outcomes) > 1


def _timed(folder: Path, states: dict[str, Plan]) -> float:
    """Return how long writing takes, in a process like those that are going to be killed."""
    before = digest_of(folder)
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        write_plan(next(plan for state, plan in states.items() if state != before))
        os._exit(0)
    os.waitpid(child, 0)
    return time.monotonic() - start
