"""``bothends check``: plan, then show what is not as it should be. Writes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from bothends.cli.exit_codes import DIFFERENT, FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.renames import say_renames
from bothends.cli.runtimes import check_runtimes
from bothends.cli.stages import Stages
from bothends.cli.targets import pins_of, targets_of
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError
from bothends.loading.pins import Pins
from bothends.output.digests import read_file
from bothends.output.manifest import NAME
from bothends.output.unchanged import stray_files, unchanged

if TYPE_CHECKING:
    from bothends.output.plan import Plan
    from bothends.pipeline import Session

#: How often is looked again when another run publishes meanwhile.
_ATTEMPTS: Final = 5
#: More lines of a difference than these nobody reads in a log.
_MOST_LINES: Final = 400


def run(options: argparse.Namespace) -> int:
    """Check every target of the call; 1 if one of them is stale, missing or edited by hand."""
    messages = Messages(options)
    if options.offline and options.spec is None and options.output:
        from bothends.cli.offline import check_folder

        return messages.finish(check_folder(options.output, messages))
    try:
        targets = targets_of(options)
        pins = pins_of(targets, add=False)
    except DocumentError as error:
        return messages.fail(error)
    messages.strict |= targets.strict
    found = [check_runtimes(targets.targets, messages)]
    found += [_check(target, pins, messages, options) for target in targets.targets]
    implemented = [target for target in targets.targets if target.handlers is not None]
    if implemented:
        from bothends.cli.handlers import check_handlers

        found += [check_handlers(target, messages) for target in implemented]
    return messages.finish(max(found, default=FINE))


def _check(target: TargetConfig, pins: Pins, messages: Messages, options: argparse.Namespace) -> int:
    if options.offline:
        from bothends.cli.offline import check_target

        return check_target(target, pins, messages)
    stages = Stages(str(target.output), messages, options)
    found = None if options.relock or options.fresh else unchanged(target, strict=messages.strict)
    if found is not None and messages.can_stand_for(found) and not stray_files(found, target.output):
        stages.done("compare", len(found.files), "files")
        stages.end()
        messages.line(f"{target.output}: up to date{messages.as_before(found)}")
        return FINE
    return _compare(target, pins, messages, options, stages)


def _compare(target: TargetConfig, pins: Pins, messages: Messages, options: argparse.Namespace, stages: Stages) -> int:
    # Imported on use: this is what takes its time to load.
    from bothends.output.difference import reasons
    from bothends.output.style import StyleError
    from bothends.output.unwritable import unwritable
    from bothends.pipeline import Session

    session = Session(target, messages.report(), pins=pins, relock=options.relock, on_stage=stages.done)
    try:
        plan = _plan(session)
    except DocumentError as error:
        stages.end()
        messages.diagnostics(session.report, session.resolver, error)
        return PROBLEM
    except (OSError, StyleError) as error:
        stages.end()
        messages.diagnostics((unwritable(target.output, error),))
        return PROBLEM
    stages.end()
    messages.diagnostics(session.report, session.resolver)
    strays = stray_files(plan.made_by, target.output)
    if not plan.stale and not strays:
        messages.line(f"{target.output}: up to date")
        return FINE
    if plan.before is not None or target.output.exists():
        messages.lines(_diff(plan, whole=options.diff))
    say_renames(session, messages)
    messages.lines(f"{target.output}: {reason}" for reason in reasons(plan, strays))
    if plan.stale:
        messages.line(f"{target.output}: {len(plan.stale)} of {len(plan.changes)} files are not up to date;")
        messages.line("run `bothends generate` and commit what it writes")
    return DIFFERENT


def _plan(session: Session) -> Plan:
    """Return what differs; once more if another run has published meanwhile, so that no half of it is looked at."""
    # An edited file is a difference to show here, not a reason to stop: nothing will be overwritten.
    plan = session.plan(edits="show")
    for _ in range(_ATTEMPTS):
        before = next(change.before for change in plan.changes if change.path == NAME)
        if not plan.stale or read_file(str(plan.folder / NAME)) == before:
            break
        plan = session.plan(edits="show")
    return plan


def _diff(plan: Plan, *, whole: bool) -> Iterator[str]:
    lines = plan.diff()
    yield from lines if whole else islice(lines, _MOST_LINES)
    left = sum(1 for _ in lines)
    if left:
        yield f"... and {left:,} more lines; --diff shows them all"
