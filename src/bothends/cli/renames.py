"""Says what a run calls otherwise than the package that was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bothends.cli.messages import Messages
    from bothends.pipeline import Session


def say_renames(session: Session, messages: Messages) -> None:
    """Say each rename: in a line for people, as a diagnostic for machines."""
    if messages.format == "text":
        messages.lines(f"renamed: {rename}" for rename in session.renames)
        return
    from bothends.diagnostics.model import Location
    from bothends.output.manifest import NAME

    report = messages.report()
    for rename in session.renames:
        report.note("renamed", str(rename), Location(str(session.target.output / NAME)))
    messages.diagnostics(report, session.resolver)
