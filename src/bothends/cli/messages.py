"""Prints diagnostics and progress for the commands."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bothends.cli.exit_codes import PROBLEM
from bothends.diagnostics.model import Diagnostic, DocumentError, Report, Severity

if TYPE_CHECKING:
    from bothends.diagnostics.located import Located
    from bothends.diagnostics.located import Locator as Places
    from bothends.output.manifest import Manifest


class Messages:
    """Where a command says things: diagnostics in the chosen format, and plain lines for people.

    Diagnostics for people go to standard error as they come. Formats for machines go to standard output, whatever
    the number of documents as one whole, which :meth:`finish` prints.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self.format: str = options.format
        self.quiet: bool = options.quiet
        self.verbose: bool = options.verbose
        self.strict: bool = options.strict
        self.colour = self.format == "text" and sys.stderr.isatty() and "NO_COLOR" not in os.environ
        self.kept: list[Located] = []

    def report(self) -> Report:
        """Return an empty report for one target."""
        return Report(strict=self.strict)

    def line(self, text: str) -> None:
        """Print one line for people, unless told to be quiet or to speak to a machine."""
        if not self.quiet and self.format == "text":
            print(text)  # noqa: T201 - the command line prints

    def lines(self, texts: Iterable[str]) -> None:
        """Print lines for people."""
        for text in texts:
            self.line(text)

    def keep(self, located: Iterable[Located]) -> None:
        """Take over what was kept elsewhere, to print it in the end."""
        self.kept += located

    def can_stand_for(self, found: Manifest) -> bool:
        """Whether a run that has nothing to do may leave out the diagnostics that it would repeat."""
        wanted = self.verbose or self.format != "text"
        return not (wanted and (found.run.warnings or found.run.notes))

    def as_before(self, found: Manifest) -> str:
        """Return what to add to the line of a run that had nothing to do, so that no warning is forgotten."""
        warnings = sum(found.run.warnings.values())
        several = "s" if warnings > 1 else ""
        return f" ({warnings} warning{several} as before; -v shows them)" if warnings else ""

    def diagnostics(
        self, report: Iterable[Diagnostic], places: Places | None = None, error: DocumentError | None = None
    ) -> None:
        """Say what one run has to say. ``places`` knows what was read; ``error`` adds the diagnostics that ended it."""
        from bothends.diagnostics.located import locate_all
        from bothends.diagnostics.show import show
        from bothends.loading.locate import Locator

        shown = list(self._worth_showing([*report, *(error.diagnostics if error else ())]))
        locator = Locator(places)
        if self.format in ("json", "sarif"):
            self.kept += locate_all(shown, locator)
            return
        text = show(shown, format=self.format, locator=locator, colour=self.colour, grouped=not self.verbose)
        (sys.stderr if self.format == "text" else sys.stdout).write(text)

    def finish(self, code: int, **found: Any) -> int:
        """Print what was kept for a machine, with what else was ``found`` (JSON only), and return the exit code."""
        if self.format == "json":
            from bothends.diagnostics.as_json import as_json

            document: dict[str, Any] = {**json.loads(as_json(self.kept)), **found}
            sys.stdout.write(json.dumps(document, indent=2) + "\n")
        elif self.format == "sarif":
            from bothends.diagnostics.as_sarif import as_sarif

            sys.stdout.write(as_sarif(self.kept))
        return code

    def fail(self, error: DocumentError) -> int:
        """Say why a command cannot do anything at all, and return its exit code."""
        self.diagnostics((), error=error)
        return self.finish(PROBLEM)

    def _worth_showing(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        for diagnostic in diagnostics:
            if self.quiet and diagnostic.severity is not Severity.ERROR:
                continue
            if diagnostic.severity is Severity.NOTE and not self.verbose and self.format == "text":
                continue
            yield diagnostic
