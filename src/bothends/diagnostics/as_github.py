"""Located diagnostics in, workflow commands of GitHub Actions out, which it shows beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterable

from bothends.diagnostics.located import Located
from bothends.diagnostics.model import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_github(located: Iterable[Located]) -> str:
    """Return one command a line."""
    return "".join(f"{_command(one)}\n" for one in located)


def _command(one: Located) -> str:
    diagnostic = one.diagnostic
    properties: list[tuple[str, str]] = []
    if one.place:
        properties.append(("file", one.place.uri))
        if one.place.line is not None:
            properties += [("line", str(one.place.line)), ("col", str(one.place.column or 1))]
    properties.append(("title", diagnostic.code))
    message = "\n".join(
        [
            diagnostic.message,
            *(f"{message}: {place.uri}:{place.line or 1}" for place, message in one.related),
            *([f"help: {diagnostic.hint}"] if diagnostic.hint else []),
        ]
    )
    listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties)
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
