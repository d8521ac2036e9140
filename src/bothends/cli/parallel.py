"""Several targets at once: each in a process, which returns what it has to say."""

from __future__ import annotations

import argparse
import io
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from bothends.cli.exit_codes import FINE
from bothends.cli.generating import generate, nothing_to_do
from bothends.cli.messages import Messages
from bothends.cli.stages import Stages
from bothends.config.model import TargetConfig
from bothends.loading.pins import Pins
from bothends.output.standing import standing

if TYPE_CHECKING:
    from bothends.diagnostics.located import Located

_PROGRAM: Final = "from bothends.cli.parallel import work; work()"


@dataclass(frozen=True)
class _Work:
    """What a process is told."""

    target: TargetConfig
    known: dict[str, str]
    renew: bool
    strict: bool
    colour: bool
    options: argparse.Namespace


@dataclass(frozen=True)
class _Outcome:
    """What a process returns: its exit code, what it printed and kept for machines, and what it fetched."""

    code: int
    out: str
    err: str
    kept: list[Located]
    used: dict[str, str]


def in_parallel(targets: tuple[TargetConfig, ...], pins: Pins, messages: Messages, options: argparse.Namespace) -> int:
    """Generate targets at once; what they say appears in their order. Returns the worst exit code."""
    waiting = [target for target in targets if not _done(target, messages, options)]
    jobs = min(options.jobs or os.cpu_count() or 1, len(waiting))
    if jobs <= 1:
        return max([generate(target, pins, messages, options) for target in waiting], default=FINE)
    work = [_Work(target, pins.known, options.update, messages.strict, messages.colour, options) for target in waiting]
    code = FINE
    with standing(), _Workers() as workers, ThreadPoolExecutor(jobs) as pool:
        try:
            for outcome in pool.map(workers.run, work):
                sys.stderr.write(outcome.err)
                sys.stdout.write(outcome.out)
                messages.keep(outcome.kept)
                pins.used.update(outcome.used)
                code = max(code, outcome.code)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            workers.stop()
            _clean(waiting)
            raise
    return code


class _Workers:
    """The processes that are at work. They do not hear interruptions: whoever started them answers for all."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, work: _Work) -> _Outcome:
        """Start a process for a target, and return what becomes of it."""
        with self._lock:
            if self._stopped:
                raise RuntimeError("no more processes are started")
            process = subprocess.Popen(  # noqa: S603 - this program
                [sys.executable, "-c", _PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
            self._running.add(process)
        answer, _ = process.communicate(pickle.dumps(work))
        with self._lock:
            self._running.discard(process)
        found = pickle.loads(answer) if answer else None  # noqa: S301 - from our own process
        if not isinstance(found, _Outcome):
            raise RuntimeError(f"the process for {work.target.output} ended with {process.returncode}: {found}")
        return found

    def stop(self) -> None:
        """End all processes, at whatever they are."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def work() -> None:
    """Take a target from standard input, generate it, and write what became of it to standard output."""
    answer = sys.stdout.buffer
    sys.stdout = io.StringIO()
    try:
        found: object = _generate(pickle.load(sys.stdin.buffer))  # noqa: S301 - from our own process
    except Exception as fault:  # to be shown by whoever started this
        found = f"{type(fault).__name__}: {fault}"
    answer.write(pickle.dumps(found))


def _clean(targets: list[TargetConfig]) -> None:
    """Remove what processes that were killed leave behind: no target is half written."""
    from bothends.output.write import clean

    for target in targets:
        clean(target.output)


def _done(target: TargetConfig, messages: Messages, options: argparse.Namespace) -> bool:
    return nothing_to_do(target, messages, options, Stages(str(target.output), messages, options))


def _generate(work: _Work) -> _Outcome:
    messages = Messages(work.options)
    messages.strict, messages.colour = work.strict, work.colour
    pins = Pins(work.known, renew=work.renew)
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = generate(work.target, pins, messages, work.options)
    return _Outcome(code, out.getvalue(), err.getvalue(), messages.kept, pins.used)
