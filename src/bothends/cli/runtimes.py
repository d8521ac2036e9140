"""Shared runtimes: written before the packages that import them, and checked like them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from bothends.cli.exit_codes import DIFFERENT, FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError
from bothends.output.unchanged import stray_files, unchanged_runtime


def generate_runtimes(targets: Sequence[TargetConfig], messages: Messages, options: argparse.Namespace) -> int:
    """Write the runtimes that targets share, each once; the exit code."""
    if all(target.runtime is None for target in targets):
        return FINE
    from bothends.output.shared import shared_runtimes

    return max((_generate(target, messages, options) for target in shared_runtimes(targets)), default=FINE)


def check_runtimes(targets: Sequence[TargetConfig], messages: Messages) -> int:
    """Compare the runtimes that targets share with what they ought to be; the exit code."""
    if all(target.runtime is None for target in targets):
        return FINE
    from bothends.output.shared import shared_runtimes

    return max((_check(target, messages) for target in shared_runtimes(targets)), default=FINE)


def _generate(target: TargetConfig, messages: Messages, options: argparse.Namespace) -> int:
    found = unchanged_runtime(target)
    if found is not None:
        messages.line(f"{target.runtime}: {len(found.files)} files: nothing to do")
        return FINE
    from bothends.output.shared import runtime_plan
    from bothends.output.style import StyleError
    from bothends.output.unwritable import unwritable
    from bothends.output.write import OutdatedPlanError, write_plan

    report = messages.report()
    try:
        plan = runtime_plan(target, report, edits="force" if options.force else "keep" if options.keep else "refuse")
        report.stop_on_errors()
        if not options.dry_run:
            write_plan(plan)
    except DocumentError:
        messages.diagnostics(report)
        return PROBLEM
    except (OSError, StyleError, OutdatedPlanError) as error:
        messages.diagnostics((unwritable(str(target.runtime), error),))
        return PROBLEM
    messages.line(f"{target.runtime}: {len(plan.changes)} files: {len(plan.pending)} written")
    return DIFFERENT if options.exit_code and plan.stale else FINE


def _check(target: TargetConfig, messages: Messages) -> int:
    found = unchanged_runtime(target)
    if found is not None and target.runtime is not None and not stray_files(found, target.runtime):
        messages.line(f"{target.runtime}: up to date")
        return FINE
    from bothends.output.difference import reasons
    from bothends.output.shared import runtime_plan

    plan = runtime_plan(target, messages.report(), edits="show")
    strays = stray_files(plan.made_by, plan.folder)
    if not plan.stale and not strays:
        messages.line(f"{target.runtime}: up to date")
        return FINE
    if plan.before is not None:
        messages.lines(plan.diff())
    messages.lines(f"{target.runtime}: {reason}" for reason in reasons(plan, strays))
    messages.line("run `bothends generate` and commit what it writes")
    return DIFFERENT
