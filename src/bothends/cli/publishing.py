"""Writes what a command makes on the way to something else: a single file, or a package to run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bothends.cli.messages import Messages
from bothends.diagnostics.model import DocumentError

if TYPE_CHECKING:
    from bothends.pipeline import Session


def publish_file(path: Path, text: str, messages: Messages) -> bool:
    """Write a file, and the folders that it lies in; where that is not possible, say why, and return False."""
    # Imported on use: most runs have nothing to write.
    from bothends.output.single import write_file
    from bothends.output.unwritable import unwritable_file

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text)
    except OSError as error:
        messages.diagnostics((unwritable_file(path, error),))
        return False
    return True


def publish_package(session: Session, messages: Messages) -> bool:
    """Generate and write a package, and say what there is to say; return whether the document let it."""
    from bothends.output.write import write_plan

    try:
        write_plan(session.plan())
    except DocumentError as error:
        messages.diagnostics(session.report, session.resolver, error)
        return False
    messages.diagnostics(session.report, session.resolver)
    return True
