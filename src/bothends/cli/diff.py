"""``bothends diff``: what changed between two documents, for those who call the API and those who serve it."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bothends.cli.api_changes import KEPT
from bothends.cli.exit_codes import DIFFERENT, FINE, PROBLEM
from bothends.cli.invalid_call import invalid_call
from bothends.cli.messages import Messages
from bothends.cli.publishing import publish_file
from bothends.cli.targets import named_target, pins_of
from bothends.diagnostics.model import DocumentError

if TYPE_CHECKING:
    from bothends.comparison.model import Comparison
    from bothends.comparison.shown import Shown
    from bothends.pipeline import Session
    from bothends.spec.objects import Document


def run(options: argparse.Namespace) -> int:
    """Compare two documents; 1 if a change is as bad for callers as ``--fail-on`` says, or worse."""
    messages = Messages(argparse.Namespace(**{**vars(options), "format": "text"}))
    try:
        sessions = tuple(_session(spec, options, messages) for spec in (options.old, options.new))
    except DocumentError as error:
        return messages.fail(error)
    documents = [_read(session, messages) for session in sessions]
    if None in documents:
        return PROBLEM
    found = _compare(options, sessions, documents)
    text = _printed(found, options.format)
    if options.output:
        return (
            _code(found.comparison, options.fail_on) if publish_file(Path(options.output), text, messages) else PROBLEM
        )
    if options.format in ("html", "markdown"):
        _speak_unicode(sys.stdout)
    sys.stdout.write(text)
    return _code(found.comparison, options.fail_on)


def _speak_unicode(stream: object) -> None:
    """Write UTF-8 whatever the locale: what the stream is redirected to says so of itself."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8")


def _session(spec: str, options: argparse.Namespace, messages: Messages) -> Session:
    from bothends.pipeline import Session

    found = named_target(options, _document_of(spec), Path("compared"), "compared")
    return Session(found.targets[0], messages.report(), pins=pins_of(found))


def _document_of(spec: str) -> str:
    """Return the document that a generated package was made of, or what was named itself."""
    if spec == "-" or not Path(spec).is_dir():
        return spec
    kept = Path(spec, KEPT)
    if kept.is_file():
        return str(kept)
    message = f"{spec} is a folder without {KEPT}: only packages with a server part keep their document"
    raise invalid_call(message, "name a document, or a generated package with a server")


def _read(session: Session, messages: Messages) -> Document | None:
    try:
        document = session.read()
    except DocumentError as error:
        messages.diagnostics(session.report, session.resolver, error)
        return None
    if messages.verbose:
        messages.diagnostics(session.report, session.resolver)
    return document


def _compare(options: argparse.Namespace, sessions: tuple[Session, ...], documents: list[Any]) -> Shown:
    from bothends.comparison.compare import compare
    from bothends.comparison.shown import shown
    from bothends.loading.locate import Locator

    old, new = sessions
    differ = _contents(old) != _contents(new)
    comparison = compare(documents[0], documents[1], reads_differently=differ)
    return shown(options.old, options.new, comparison, (Locator(old.resolver), Locator(new.resolver)))


def _contents(session: Session) -> list[str]:
    return [json.dumps(document.data, sort_keys=True, default=str) for document in session.resolver.documents()]


def _printed(found: Shown, format: str) -> str:
    match format:
        case "json":
            from bothends.comparison.print_json import as_json

            return as_json(found)
        case "markdown":
            from bothends.comparison.print_markdown import as_markdown

            return as_markdown(found)
        case "html":
            from bothends.comparison.print_html import as_html

            return as_html(found)
        case _:
            from bothends.comparison.print_text import as_text

            return as_text(found)


def _code(comparison: Comparison, fail_on: str) -> int:
    match fail_on:
        case "never":
            return FINE
        case "any":
            return DIFFERENT if comparison.changes else FINE
        case _:
            return DIFFERENT if comparison.changes and comparison.worst.word in _worse(fail_on) else FINE


def _worse(verdict: str) -> tuple[str, ...]:
    return ("risky", "breaking") if verdict == "risky" else ("breaking",)
