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
    return max(_validate(spec, options) for spec in options.specs)


def _validate(spec: str, options: argparse.Namespace) -> int:
    from bothends.pipeline import Session

    messages = Messages(options)
    target = TargetConfig(spec, Path("validated"), "validated")
    session = Session(target, messages.report, text=spec_text(spec))
    try:
        session.understand()
    except DocumentError as error:
        messages.diagnostics(session.resolver, error)
        return PROBLEM
    messages.diagnostics(session.resolver)
    messages.line(f"{spec}: {session.operations} operations, {session.types} types")
    return FINE
