"""``bothends validate``: diagnostics only, and the overlay that mends what can be mended so."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bothends.cli.main import FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.targets import Targets, configured_targets, named_target, pins_of
from bothends.config.model import TargetConfig
from bothends.diagnostics.fixes import fixes_overlay
from bothends.diagnostics.model import Diagnostic, DocumentError, Report, Severity
from bothends.loading.pins import Pins


def run(options: argparse.Namespace) -> int:
    """Say everything there is to say about each document; 2 if one has an error."""
    messages = Messages(options)
    try:
        found = list(_targets(options))
        work = [(target, pins_of(targets)) for targets in found for target in targets.targets]
        if options.fixes and len(work) != 1:
            message = f"--fixes goes with one document, not {len(work)}"
            raise DocumentError(Diagnostic("invalid-call", Severity.ERROR, message))
    except DocumentError as error:
        return messages.fail(error)
    messages.strict |= any(targets.strict for targets in found)
    return messages.finish(max(_validate(target, pins, messages, options.fixes) for target, pins in work))


def _targets(options: argparse.Namespace) -> Iterator[Targets]:
    if not options.specs:
        yield configured_targets(options)
    for spec in options.specs:
        yield named_target(options, spec, Path("validated"), "validated")


def _validate(target: TargetConfig, pins: Pins, messages: Messages, fixes: str | None) -> int:
    from bothends.pipeline import Session

    session = Session(target, messages.report(), pins=pins, thorough=True)
    code = FINE
    try:
        session.understand()
    except DocumentError as error:
        messages.diagnostics(session.report, session.resolver, error)
        code = PROBLEM
    else:
        messages.diagnostics(session.report, session.resolver)
        messages.line(f"{target.spec}: {session.operations} operations, {session.types} types")
    return max(code, _write_fixes(Path(fixes), session.report, target.spec, messages)) if fixes else code


def _write_fixes(path: Path, report: Report, spec: str, messages: Messages) -> int:
    overlay = fixes_overlay(report, f"Fixes for {spec}")
    if overlay is None:
        messages.line(f"{path}: not written, because there is nothing that an overlay can mend")
        return FINE
    from bothends.extraction.write import to_json, to_yaml

    try:
        path.write_text(to_json(overlay) if path.suffix == ".json" else to_yaml(overlay), "utf-8", newline="\n")
    except OSError as error:
        problem = Diagnostic(
            "unwritable-output", Severity.ERROR, f"{path} cannot be written: {error.strerror or error}"
        )
        messages.diagnostics((problem,))
        return PROBLEM
    messages.line(f"{path}: {len(overlay['actions'])} actions; apply them with --overlay, or overlays in a target")
    return FINE
