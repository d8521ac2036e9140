"""``bothends generate``: plan, then write."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bothends.cli.main import FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.targets import Targets, pins_of, targets_of
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError
from bothends.loading.pins import Pins
from bothends.output.unchanged import unchanged

if TYPE_CHECKING:
    from bothends.output.plan import Plan


def run(options: argparse.Namespace) -> int:
    """Generate every target of the call. Nothing is written for a target with an error."""
    messages = Messages(options)
    try:
        targets = targets_of(options)
        pins = pins_of(targets, renew=options.update)
    except DocumentError as error:
        return messages.fail(error)
    messages.strict |= targets.strict
    code = max([_generate(target, pins, messages, options) for target in targets.targets], default=FINE)
    if code == FINE and not options.dry_run:
        code = _keep(pins, targets, messages)
    return messages.finish(code)


def _generate(target: TargetConfig, pins: Pins, messages: Messages, options: argparse.Namespace) -> int:
    found = unchanged(target, strict=messages.strict)
    if found is not None and messages.can_stand_for(found):
        messages.line(f"{target.output}: {len(found.files)} files: nothing to do{messages.as_before(found)}")
        return FINE
    # Imported on use: what follows is what takes its time to load.
    from bothends.output.write import write_plan
    from bothends.pipeline import Session

    session = Session(target, messages.report(), pins=pins)
    try:
        plan = session.plan(force=options.force)
        if not options.dry_run:
            write_plan(plan)
    except DocumentError as error:
        messages.diagnostics(session.report, session.resolver, error)
        return PROBLEM
    except OSError as error:
        session.report.error("unwritable-output", f"{target.output} cannot be written: {error.strerror or error}")
        messages.diagnostics(session.report, session.resolver)
        return PROBLEM
    messages.diagnostics(session.report, session.resolver)
    if options.diff:
        for line in plan.diff():
            messages.line(line)
    messages.line(_summary(plan, session.operations, dry=options.dry_run))
    return FINE


def _keep(pins: Pins, targets: Targets, messages: Messages) -> int:
    """Write the lock file, if what was fetched is not what it says."""
    if targets.lock is None:
        return FINE
    from bothends.cli.lock import write_lock

    wanted = pins.used if targets.complete else {**pins.known, **pins.used}
    return write_lock(targets.lock, wanted, pins.known, messages)


def _summary(plan: Plan, operations: int, *, dry: bool) -> str:
    from collections import Counter

    from bothends.output.plan import Action

    counts = Counter(change.action for change in plan.changes)
    changed = [
        f"{counts[action]} {word}"
        for action, word in ((Action.CREATE, "new"), (Action.CHANGE, "changed"), (Action.DELETE, "deleted"))
        if counts[action]
    ]
    what = ", ".join(changed) or "nothing to do"
    would = "would be " if dry and changed else ""
    return f"{plan.folder}: {operations} operations, {len(plan.changes)} files: {would}{what}"
