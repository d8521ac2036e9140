"""Several targets at once: each in a process, which returns what it has to say."""

from __future__ import annotations

import argparse
import io
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

from bothends.cli.generating import generate, nothing_to_do
from bothends.cli.main import FINE
from bothends.cli.messages import Messages
from bothends.cli.stages import Stages
from bothends.config.model import TargetConfig
from bothends.loading.pins import Pins

if TYPE_CHECKING:
    from bothends.diagnostics.located import Located


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
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for outcome in pool.map(_generate, work):
            sys.stderr.write(outcome.err)
            sys.stdout.write(outcome.out)
            messages.keep(outcome.kept)
            pins.used.update(outcome.used)
            code = max(code, outcome.code)
    return code


def _done(target: TargetConfig, messages: Messages, options: argparse.Namespace) -> bool:
    return nothing_to_do(target, messages, options, Stages(str(target.output), messages, options))


def _generate(work: _Work) -> _Outcome:
    messages = Messages(work.options)
    messages.strict, messages.colour = work.strict, work.colour
    pins = Pins(work.known, renew=work.renew)
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = generate(work.target, pins, messages, work.options)
    return _Outcome(code, out.getvalue(), err.getvalue(), messages.kept, pins.used)
