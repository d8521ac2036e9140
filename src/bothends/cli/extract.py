"""``bothends extract``: one OpenAPI document out of documentation pages."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Literal

from bothends.cli.exit_codes import PROBLEM
from bothends.cli.lock import write_lock
from bothends.cli.messages import Messages
from bothends.cli.publishing import publish_file
from bothends.cli.targets import named_reading
from bothends.diagnostics.model import DocumentError
from bothends.loading.fetch import FetchPolicy
from bothends.loading.pins import Pins, read_lock


def run(options: argparse.Namespace) -> int:
    """Extract the document and write it, unless something is wrong."""
    from bothends.extraction.extract import extract_pages
    from bothends.extraction.sources import Sources

    messages = Messages(options)
    report = messages.report()
    output = Path(options.output)
    # Its own: the lock file of a configuration holds what its targets fetch, and nothing else.
    lock = output.with_name(f"{output.name}.lock")
    try:
        reading = named_reading(options)
        pins = Pins(read_lock(lock), renew=options.update)
    except DocumentError as error:
        return messages.fail(error)
    policy = FetchPolicy(reading.hosts, reading.folders, reading.headers, reading.offline)
    sources = Sources(policy, reading.limits, report, pins)
    try:
        syntax: Literal["json", "yaml"] = "json" if output.suffix == ".json" else "yaml"
        found = extract_pages(options.pages, report, syntax, sources)
        report.stop_on_errors()
    except DocumentError as error:
        messages.diagnostics(report, sources, error)
        return messages.finish(PROBLEM)
    messages.diagnostics(report, sources)
    if not publish_file(output, found.text, messages):
        return messages.finish(PROBLEM)
    slices = f", {found.slices} slices" if found.slices > 1 else ""
    how = "extracted from" if found.slices else "read from the text of"
    messages.line(f"{output}: {how} {', '.join(options.pages)}{slices}")
    return messages.finish(write_lock(lock, pins.used, pins.known, messages))
