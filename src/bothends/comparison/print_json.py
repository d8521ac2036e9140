"""Prints a comparison as JSON, for programs."""

from __future__ import annotations

import json
from typing import Any

from bothends.comparison.model import Verdict
from bothends.comparison.shown import Row, Shown, version_advice


def as_json(found: Shown) -> str:
    """Return the comparison as one JSON object."""
    comparison = found.comparison
    counts = {
        side: {verdict.word: comparison.count(verdict, side) for verdict in sorted(Verdict, reverse=True)}
        for side in ("callers", "servers")
    }
    document = {
        "old": {"document": found.old, "version": comparison.old_version},
        "new": {"document": found.new, "version": comparison.new_version},
        "bump": comparison.bump,
        "advice": version_advice(comparison),
        "counts": counts,
        "changes": [_row(row) for row in found.rows],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _row(row: Row) -> dict[str, Any]:
    change = row.change
    return {
        "rule": change.rule,
        "place": change.place,
        "message": change.message,
        "callers": change.callers.word,
        "servers": change.servers.word,
        "uses": [{"operation": use.operation, "part": use.part} for use in change.uses],
        "old": row.old or None,
        "new": row.new or None,
    }
