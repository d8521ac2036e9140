"""``bothends validate``: diagnostics only, and the overlay that mends what can be mended so."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from bothends.cli.exit_codes import FINE, PROBLEM
from bothends.cli.invalid_call import invalid_call
from bothends.cli.messages import Messages
from bothends.cli.publishing import publish_file
from bothends.cli.targets import Targets, configured_targets, named_target, pins_of
from bothends.config.model import TargetConfig
from bothends.diagnostics.fixes import fixes_overlay
from bothends.diagnostics.model import Diagnostic, DocumentError
from bothends.loading.pins import Pins


def run(options: argparse.Namespace) -> int:
    """Say everything there is to say about each document; 2 if one has an error."""
    messages = Messages(options)
    try:
        found = list(_targets(options))
        work = [(target, pins_of(targets)) for targets in found for target in targets.targets]
        if options.fixes and len(work) != 1:
            raise invalid_call(f"--fixes goes with one document, not {len(work)}")
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
    found: list[Diagnostic] = []
    try:
        session.understand()
    except DocumentError as error:
        messages.diagnostics(session.report, session.resolver, error)
        found.extend(error.diagnostics)
        code = PROBLEM
    else:
        messages.diagnostics(session.report, session.resolver)
        messages.line(f"{target.spec}: {session.operations} operations, {session.types} types")
    found.extend(session.report)
    return max(code, _write_fixes(Path(fixes), found, target.spec, messages)) if fixes else code


def _write_fixes(path: Path, found: Iterable[Diagnostic], spec: str, messages: Messages) -> int:
    overlay = fixes_overlay(found, f"Fixes for {spec}")
    if overlay is None:
        messages.line(f"{path}: not written, because there is nothing that an overlay can mend")
        return FINE
    from bothends.extraction.write import to_json, to_yaml

    if not publish_file(path, to_json(overlay) if path.suffix == ".json" else to_yaml(overlay), messages):
        return PROBLEM
    messages.line(f"{path}: {len(overlay['actions'])} actions; apply them with --overlay, or overlays in a target")
    return FINE
