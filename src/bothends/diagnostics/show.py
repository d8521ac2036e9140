"""Diagnostics in, text for people or for machines out."""

from __future__ import annotations

from collections.abc import Iterable

from bothends.diagnostics.as_github import as_github
from bothends.diagnostics.as_json import as_json
from bothends.diagnostics.as_sarif import as_sarif
from bothends.diagnostics.as_text import as_text
from bothends.diagnostics.located import Locator, locate_all
from bothends.diagnostics.model import Diagnostic

#: The formats that :func:`show` knows.
FORMATS = ("text", "json", "github", "sarif")


def show(
    diagnostics: Iterable[Diagnostic], *, format: str, locator: Locator, colour: bool = False, grouped: bool = False
) -> str:
    """Return the diagnostics in a format, sorted by place, none twice; each line ends with a line break.

    ``text`` and ``github`` are empty where there is nothing to say; ``json`` and ``sarif`` are whole documents.
    ``grouped``: ``text`` says once what warnings have in common, with the places of the others.
    """
    located = locate_all(diagnostics, locator)
    if format == "json":
        return as_json(located)
    if format == "github":
        return as_github(located)
    if format == "sarif":
        return as_sarif(located)
    if format == "text":
        return as_text(located, colour=colour, grouped=grouped)
    raise ValueError(f"unknown format {format!r}")
