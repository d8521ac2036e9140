"""Prints diagnostics and progress for the commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bothends.diagnostics.model import Diagnostic, DocumentError, Report, Severity

if TYPE_CHECKING:
    from bothends.loading.resolve import Resolver


class Messages:
    """Where a command says things: diagnostics in the chosen format, and plain lines for people.

    Machine-readable formats go to standard output, text to standard error, so that neither disturbs the other.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self.format: str = options.format
        self.quiet: bool = options.quiet
        self.verbose: bool = options.verbose
        self.report = Report(strict=options.strict)

    def line(self, text: str) -> None:
        """Print one line for people, unless told to be quiet or to speak to a machine."""
        if not self.quiet and self.format == "text":
            print(text)  # noqa: T201 - the command line prints

    def diagnostics(self, resolver: Resolver | None = None, error: DocumentError | None = None) -> None:
        """Print what the run has to say. ``error`` adds the diagnostics that ended it."""
        for diagnostic in error.diagnostics if error else ():
            self.report.add(diagnostic)
        from bothends.diagnostics.show import show
        from bothends.loading.locate import Locator

        shown = list(self._worth_showing(self.report))
        text = show(shown, format=self.format, locator=Locator(resolver), colour=self._colour())
        if text:
            stream = sys.stderr if self.format == "text" else sys.stdout
            stream.write(text if text.endswith("\n") else f"{text}\n")

    def _worth_showing(self, diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
        for diagnostic in diagnostics:
            if self.quiet and diagnostic.severity is not Severity.ERROR:
                continue
            if diagnostic.severity is Severity.NOTE and not self.verbose and self.format == "text":
                continue
            yield diagnostic

    def _colour(self) -> bool:
        return self.format == "text" and sys.stderr.isatty()
