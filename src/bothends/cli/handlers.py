"""Handlers that a team has written, compared with the generated package: for ``check`` and ``scaffold``."""

from __future__ import annotations

from bothends.cli.exit_codes import DIFFERENT, FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.config.model import TargetConfig
from bothends.scaffolding.drift import drifts
from bothends.scaffolding.expected import expected_methods
from bothends.scaffolding.written import UnreadableError, handler_classes


def check_handlers(target: TargetConfig, messages: Messages) -> int:
    """Say which handlers are missing, obsolete or of another signature; 1 if any is. Nothing without ``handlers``."""
    if target.handlers is None:
        return FINE
    if not target.handlers.exists():
        messages.line(f"{target.handlers}: missing; `bothends scaffold` writes it")
        return DIFFERENT
    try:
        found = drifts(expected_methods(target.output), handler_classes(target.handlers), target.handlers)
    except UnreadableError as error:
        messages.line(f"{error.path}:{error.line}:1: {error}")
        return PROBLEM
    messages.lines(map(str, found))
    return DIFFERENT if found else FINE
