"""Diagnostics in, one overlay with their cures out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from bothends.diagnostics.model import Diagnostic

_TOKEN = re.compile(r"\.\w+|\['(?:[^'\\]|\\.)*'\]|\[(\d+)\]", re.DOTALL)


def fixes_overlay(diagnostics: Iterable[Diagnostic], title: str) -> dict[str, Any] | None:
    """Return an overlay of version 1.1 that mends what can be mended mechanically; None where nothing can.

    Cures of inner places come before those of outer ones, which may move them. Elements of lists are removed from
    the end, because removing one moves those behind it.
    """
    cures = sorted((diagnostic for diagnostic in diagnostics if diagnostic.fix), key=_order)
    actions: dict[str, dict[str, object]] = {}
    for diagnostic in cures:
        for action in diagnostic.fix:
            described = {"target": action["target"], "description": diagnostic.message, **action}
            actions.setdefault(json.dumps(action, sort_keys=True), described)
    if not actions:
        return None
    return {"overlay": "1.1.0", "info": {"title": title, "version": "1.0.0"}, "actions": list(actions.values())}


def _order(diagnostic: Diagnostic) -> tuple[int, bool, int]:
    targets = [str(action["target"]) for action in diagnostic.fix]
    depth = max(sum(1 for _ in _TOKEN.finditer(target)) for target in targets)
    last = list(_TOKEN.finditer(targets[-1]))
    index = last[-1][1] if last and diagnostic.fix[-1].get("remove") else None
    return -depth, index is not None, -int(index or 0)
