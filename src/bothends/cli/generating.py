"""One target of ``bothends generate``: plan, then write."""

from __future__ import annotations

import argparse
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bothends.cli.exit_codes import DIFFERENT, FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.renames import say_renames
from bothends.cli.stages import Stages
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Diagnostic, DocumentError, Severity
from bothends.loading.pins import Pins
from bothends.output.unchanged import unchanged

if TYPE_CHECKING:
    from bothends.output.plan import Edits, Plan
    from bothends.pipeline import Session

#: How often a plan is made anew when the output folder changes meanwhile.
_ATTEMPTS = 5


def generate(target: TargetConfig, pins: Pins, messages: Messages, options: argparse.Namespace) -> int:
    """Generate one target and say what was done; the exit code. Nothing is written where there is an error."""
    stages = Stages(str(target.output), messages, options)
    if nothing_to_do(target, messages, options, stages):
        return FINE
    # Imported on use: what follows is what takes its time to load.
    from bothends.output.style import StyleError
    from bothends.output.unwritable import unwritable
    from bothends.pipeline import Session

    stages.done("load")
    stood_in = Path(os.getcwd()).is_relative_to(target.output.resolve())  # noqa: PTH109 - links are resolved
    session = Session(target, messages.report(), pins=pins, relock=options.relock, on_stage=stages.done)
    try:
        plan = _write(session, options)
        stages.done("write", len(plan.pending), "files")
    except DocumentError as error:
        stages.end()
        messages.diagnostics(session.report, session.resolver, error)
        _show_refused(session, messages)
        return PROBLEM
    except (OSError, StyleError) as error:
        stages.end()
        session.report.add(unwritable(target.output, error))
        messages.diagnostics(session.report, session.resolver)
        return PROBLEM
    stages.end()
    messages.diagnostics(session.report, session.resolver)
    if options.diff:
        messages.lines(plan.diff())
    say_renames(session, messages)
    messages.line(_summary(plan, session.operations, dry=options.dry_run))
    if plan.pending and not options.dry_run and stood_in:
        messages.line(
            f"{target.output} is another folder now, and you stand in the old one: `cd .` leads to the new one"
        )
    _say_api_changes(plan, target, messages)
    return DIFFERENT if options.exit_code and plan.stale else FINE


def _say_api_changes(plan: Plan, target: TargetConfig, messages: Messages) -> None:
    """Say what changed for callers and servers, to people who want to hear it."""
    if messages.quiet or messages.format != "text":
        return
    from bothends.cli.api_changes import api_changes

    changed = api_changes(plan, target.reading.limits)
    if changed:
        messages.line(f"{plan.folder}: {changed}")


def nothing_to_do(target: TargetConfig, messages: Messages, options: argparse.Namespace, stages: Stages) -> bool:
    """Whether digests say that the package is what a run would write; says so, and cleans up after killed runs."""
    found = None if options.relock or options.fresh else unchanged(target, strict=messages.strict)
    if found is None or not messages.can_stand_for(found):
        return False
    if not options.dry_run:
        _clean_up(target)
    stages.done("compare", len(found.files), "files")
    stages.end()
    messages.line(f"{target.output}: {len(found.files)} files: nothing to do{messages.as_before(found)}")
    return True


def _clean_up(target: TargetConfig) -> None:
    """Remove what runs that were killed left behind; where that is not possible, it is in nobody's way yet."""
    above, name = os.path.split(os.path.realpath(target.output))
    with suppress(OSError):
        if any(found.startswith(f".{name}.bothends-") for found in os.listdir(above)):  # noqa: PTH208 - quick
            from bothends.output.write import clean

            clean(target.output)
    with suppress(OSError):
        place = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - only looked at
        if any(found.startswith(".bothends-") for found in os.listdir(place)):  # noqa: PTH208 - quick
            from bothends.output.workspace import sweep

            sweep()


def _write(session: Session, options: argparse.Namespace) -> Plan:
    from bothends.output.write import OutdatedPlanError, write_plan

    edits: Edits = "force" if options.force else "keep" if options.keep else "refuse"
    attempts = 0
    while True:
        plan = session.plan(edits=edits)
        if options.dry_run:
            return plan
        attempts += 1
        try:
            write_plan(plan)
        except OutdatedPlanError as error:
            if attempts == _ATTEMPTS:
                raise DocumentError(Diagnostic("unwritable-output", Severity.ERROR, str(error))) from None
        else:
            return plan


def _show_refused(session: Session, messages: Messages) -> None:
    """Show what would become of the files that the run stopped for."""
    if session.refused:
        from bothends.output.plan import diff_of

        for change in session.refused:
            messages.lines(diff_of(change))


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
