"""``bothends check``: plan, then show what is not as it should be. Writes nothing."""

from __future__ import annotations

import argparse

from bothends.cli.main import DIFFERENT, FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.targets import pins_of, targets_of
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError
from bothends.loading.pins import Pins
from bothends.output.unchanged import unchanged


def run(options: argparse.Namespace) -> int:
    """Check every target of the call; 1 if one of them is stale, missing or edited by hand."""
    messages = Messages(options)
    try:
        targets = targets_of(options)
        pins = pins_of(targets, add=False)
    except DocumentError as error:
        return messages.fail(error)
    messages.strict |= targets.strict
    return messages.finish(max([_check(target, pins, messages) for target in targets.targets], default=FINE))


def _check(target: TargetConfig, pins: Pins, messages: Messages) -> int:
    found = unchanged(target, strict=messages.strict)
    if found is not None and messages.can_stand_for(found):
        messages.line(f"{target.output}: up to date{messages.as_before(found)}")
        return FINE
    from bothends.pipeline import Session

    session = Session(target, messages.report(), pins=pins)
    try:
        # An edited file is a difference to show here, not a reason to stop: nothing will be overwritten.
        plan = session.plan(force=True)
    except DocumentError as error:
        messages.diagnostics(session.report, session.resolver, error)
        return PROBLEM
    messages.diagnostics(session.report, session.resolver)
    if not plan.stale:
        messages.line(f"{target.output}: up to date")
        return FINE
    for line in plan.diff():
        messages.line(line)
    messages.line(f"{target.output}: {len(plan.stale)} of {len(plan.changes)} files are not up to date;")
    messages.line("run `bothends generate` and commit what it writes")
    return DIFFERENT
