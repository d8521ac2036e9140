"""``bothends extract``: one OpenAPI document out of documentation pages."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Literal

from bothends.cli.main import FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.diagnostics.model import DocumentError


def run(options: argparse.Namespace) -> int:
    """Extract the document and write it, unless something is wrong."""
    from bothends.extraction.extract import extract_pages

    messages = Messages(options)
    report = messages.report()
    output = Path(options.output)
    try:
        syntax: Literal["json", "yaml"] = "json" if output.suffix == ".json" else "yaml"
        text = extract_pages([Path(page) for page in options.pages], report, syntax)
        report.stop_on_errors()
    except DocumentError as error:
        messages.diagnostics(report, error=error)
        return messages.finish(PROBLEM)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        report.error("unwritable-output", f"{output} cannot be written: {error.strerror or error}")
        messages.diagnostics(report)
        return messages.finish(PROBLEM)
    messages.diagnostics(report)
    messages.line(f"{output}: extracted from {', '.join(options.pages)}")
    return messages.finish(FINE)
