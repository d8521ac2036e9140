"""``bothends validate``: diagnostics only."""

from __future__ import annotations

import argparse
from pathlib import Path

from bothends.cli.main import FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.sources import spec_text
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError


def run(options: argparse.Namespace) -> int:
    """Say everything there is to say about each document; 2 if one has an error."""
    messages = Messages(options)
    return messages.finish(max(_validate(spec, messages) for spec in options.specs))


def _validate(spec: str, messages: Messages) -> int:
    from bothends.pipeline import Session

    target = TargetConfig(spec, Path("validated"), "validated")
    session = Session(target, messages.report(), text=spec_text(spec))
    try:
        session.understand()
    except DocumentError as error:
        messages.diagnostics(session.report, session.resolver, error)
        return PROBLEM
    messages.diagnostics(session.report, session.resolver)
    messages.line(f"{spec}: {session.operations} operations, {session.types} types")
    return FINE
