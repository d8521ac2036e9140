"""What is said of a command that was called in a way that cannot be meant."""

from __future__ import annotations

from bothends.diagnostics.model import Diagnostic, DocumentError, Severity


def invalid_call(message: str, hint: str = "") -> DocumentError:
    """Return the error ``invalid-call``."""
    return DocumentError(Diagnostic("invalid-call", Severity.ERROR, message, hint=hint))
