"""An overlay in, what is wrong with its form out, where that does not keep it from being applied."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from bothends.diagnostics.model import Diagnostic, Related, Severity
from bothends.loading.cursor import Cursor, describe
from bothends.loading.data import is_mapping

_ROOT: Final = ("overlay", "info", "extends", "actions")


def form_findings(overlay: Cursor) -> Iterator[Diagnostic]:
    """Return a warning for everything in an overlay that the specification has otherwise (1.1.0, 4.4)."""
    for name in overlay.value:
        if name not in _ROOT and not name.startswith("x-"):
            yield _finding(f"an overlay has no field {name!r}", overlay / name)
    version = overlay / "overlay"
    if str(version.value).count(".") == 1:
        yield _finding("the version of overlays has three parts, such as '1.1.0'", version)
    info = overlay.get("info")
    if info is None or not is_mapping(info.value):
        yield _finding("an overlay must have an 'info' that is a mapping", info or overlay)
    else:
        yield from _texts(info, "title", "version", required=True)
        yield from _texts(info, "description")
    yield from _texts(overlay, "extends")
    yield from _actions(overlay / "actions")


def _actions(actions: Cursor) -> Iterator[Diagnostic]:
    seen: dict[str, Cursor] = {}
    for action in actions.elements():
        yield from _texts(action, "description")
        first = seen.setdefault(json.dumps(action.value, sort_keys=True), action)
        if first is not action:
            related = (Related(first.location, "the first of the two"),)
            yield _finding("the same action stands here twice", action, related)


def _texts(holder: Cursor, *names: str, required: bool = False) -> Iterator[Diagnostic]:
    if not is_mapping(holder.value):
        return
    for name in names:
        found = holder.get(name)
        if found is None and required:
            yield _finding(f"{name!r} is missing", holder)
        elif found is not None and not isinstance(found.value, str):
            yield _finding(f"{name!r} must be a string, not {describe(found.value)}", found)


def _finding(message: str, place: Cursor, related: tuple[Related, ...] = ()) -> Diagnostic:
    return Diagnostic(
        "invalid-overlay", Severity.WARNING, message, place.location, "it is applied all the same", related
    )
