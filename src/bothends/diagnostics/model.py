"""What bothends has to say about a document, a configuration or a call.

A :class:`Diagnostic` is one message. A :class:`Report` collects them during a run; stages add to it and
carry on, so that one run shows all problems. Nothing here prints: see :mod:`bothends.diagnostics.show`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bothends.diagnostics.codes import CODES


class Severity(StrEnum):
    """How bad it is: an error stops the run, a warning means that something was repaired or left out."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a document.

    ``uri`` is the document as the user named it (a relative path, ``-``, or a URL), ``pointer`` a JSON Pointer
    (RFC 6901) into it. ``line`` and ``column`` count from 1 and are known only where a parser reported them;
    everywhere else they are computed from the pointer when the message is shown.
    """

    uri: str
    pointer: str = ""
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains a diagnostic, such as the first of two duplicates."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message.

    ``code`` is a key of :data:`bothends.diagnostics.codes.CODES`; ``message`` one sentence without a full stop
    at its end; ``hint`` what to do about it. ``fix`` holds OpenAPI Overlay actions that mend the document, where
    there is a mechanical cure. ``is_general``: it gives way to what else is said about the same place.
    """

    code: str
    severity: Severity
    message: str
    location: Location | None = None
    hint: str | None = None
    related: tuple[Related, ...] = ()
    fix: tuple[dict[str, object], ...] = field(default=(), hash=False)
    is_general: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"undocumented diagnostic code {self.code!r}")


class DocumentError(Exception):
    """Raised where a stage cannot go on. Carries at least one diagnostic of severity error."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(diagnostic.message for diagnostic in diagnostics))
        self.diagnostics = diagnostics


# Of what a diagnostic quotes, so many characters count as one more diagnostic.
_CHARACTERS = 1_000


class Report:
    """Collects the diagnostics of one run. With ``strict`` every warning becomes an error.

    It keeps the first ``most``, long ones counted several times, and then only that there were more.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self.most: int | None = None
        self._found: dict[Diagnostic, None] = {}
        self._weight = 0

    def add(self, diagnostic: Diagnostic) -> None:
        """Record a diagnostic; the same one twice counts once."""
        if self.strict and diagnostic.severity is Severity.WARNING:
            diagnostic = replace(diagnostic, severity=Severity.ERROR)
        if diagnostic in self._found:
            return
        if self.most is not None and self._weight >= self.most:
            severity = Severity.ERROR if diagnostic.severity is Severity.ERROR or self.strict else Severity.WARNING
            message = f"there is more to say about the document; only the first {self.most:,} messages are kept"
            diagnostic = Diagnostic("too-many-problems", severity, message)
        pointer = diagnostic.location.pointer if diagnostic.location else ""
        self._weight += 1 + (len(pointer) + len(diagnostic.message)) // _CHARACTERS
        self._found[diagnostic] = None

    def error(self, code: str, message: str, location: Location | None = None, hint: str | None = None) -> None:
        """Record an error: the run will stop before anything is written."""
        self.add(Diagnostic(code, Severity.ERROR, message, location, hint))

    def warning(
        self,
        code: str,
        message: str,
        location: Location | None = None,
        hint: str | None = None,
        fix: tuple[dict[str, object], ...] = (),
    ) -> None:
        """Record a warning: something was repaired, loosened or left out."""
        self.add(Diagnostic(code, Severity.WARNING, message, location, hint, fix=fix))

    def note(
        self,
        code: str,
        message: str,
        location: Location | None = None,
        hint: str | None = None,
        fix: tuple[dict[str, object], ...] = (),
    ) -> None:
        """Record a note: nothing is wrong, but the user may want to know."""
        self.add(Diagnostic(code, Severity.NOTE, message, location, hint, fix=fix))

    def __iter__(self) -> Iterator[Diagnostic]:
        """Iterate over all diagnostics, sorted by document, place and code."""
        return iter(sorted(self._found, key=_sort_key))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def failed(self) -> bool:
        """Whether at least one error was recorded."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self._found)

    def stop_on_errors(self) -> None:
        """Raise :class:`DocumentError` with every error recorded so far, if there is one."""
        errors = [diagnostic for diagnostic in self if diagnostic.severity is Severity.ERROR]
        if errors:
            raise DocumentError(*errors)


def _sort_key(diagnostic: Diagnostic) -> tuple[str, int, int, str, str, str]:
    place = diagnostic.location or Location("")
    return place.uri, place.line or 0, place.column or 0, place.pointer, diagnostic.code, diagnostic.message
