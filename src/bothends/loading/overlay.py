"""A document and overlays in, the changed document out: OpenAPI Overlay 1.0 and 1.1, with JSONPath of RFC 9535."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError

from bothends.diagnostics.model import Diagnostic, DocumentError, Report, Severity
from bothends.loading.changes import Changes, MergeError, Origin, Path
from bothends.loading.cursor import Cursor, describe
from bothends.loading.data import is_list, is_mapping
from bothends.loading.document import Document
from bothends.loading.json_path import json_path
from bothends.loading.overlay_form import form_findings
from bothends.loading.places import shorten

_HYPHENATED: Final = re.compile(r"\.([A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)+)")
_VERSION: Final = re.compile(r"1\.[01](\.\d+)?")
_FIELDS: Final = ("target", "description", "update", "remove", "copy")
# Of nesting, which descendant segments follow by recursion; documents have a limit of their own.
_DEEPEST: Final = 600


def apply_overlays(document: Document, overlays: Sequence[Document], report: Report) -> Changes:
    """Apply overlays in order; :class:`DocumentError` with all that is wrong with them.

    An action that matches nothing is reported as a warning, in the overlay.
    """
    changes = Changes(document.data, document.uri)
    problems: list[Diagnostic] = []
    for overlay in overlays:
        for action in _actions(Cursor(overlay.data, overlay), problems, report):
            try:
                _apply(action, changes, report)
            except DocumentError as error:
                problems += error.diagnostics
    if problems:
        raise DocumentError(*problems)
    return changes


def _actions(overlay: Cursor, problems: list[Diagnostic], report: Report) -> Iterator[Cursor]:
    version = overlay.get("overlay") if is_mapping(overlay.value) else None
    if version is None:
        problems.append(_invalid("the file is not an overlay", overlay, "an overlay says 'overlay: 1.1.0' at its top"))
        return
    if not isinstance(version.value, str) or not _VERSION.fullmatch(version.value):
        message = f"version {shorten(version.value)} of overlays is not supported"
        problems.append(_invalid(message, version, "bothends applies 1.0 and 1.1"))
        return
    actions = overlay.get("actions")
    if actions is None or not is_list(actions.value) or not actions.value:
        problems.append(_invalid("an overlay must have a list of 'actions'", actions or overlay))
        return
    for finding in form_findings(overlay):
        report.add(finding)
    yield from actions.elements()


def _apply(action: Cursor, changes: Changes, report: Report) -> None:
    if not is_mapping(action.value):
        raise _error(f"an action must be a mapping, not {describe(action.value)}", action)
    for name in action.value:
        if name not in _FIELDS and not name.startswith("x-"):
            report.warning("invalid-overlay", f"an action has no field {name!r}", (action / name).location)
    target = action.get("target")
    if target is None or not isinstance(target.value, str):
        raise _error("an action must have a 'target' that is a string", target or action)
    removes = action.value.get("remove", False)
    if not isinstance(removes, bool):
        raise _error("'remove' must be true or false", action / "remove")
    if not removes and "update" in action and "copy" in action:
        raise _error("an action may have one of 'update', 'copy' and 'remove: true'", action)
    if not removes and "update" not in action and "copy" not in action:
        message = "an action without 'update', 'copy' and 'remove: true' does nothing"
        report.warning("unused-overlay-action", message, action.location)
        return
    paths = _select(target, changes)
    if not paths:
        message = f"{shorten(target.value)} matches nothing in the document"
        report.warning("unused-overlay-action", message, target.location)
    elif removes:
        _remove(paths, target, changes)
    else:
        _update(action, paths, changes)


def _select(query: Cursor, changes: Changes) -> list[Path]:
    """Return the paths of what a query selects, each once, in document order."""
    environment = JSONPathEnvironment()
    environment.max_recursion_depth = _DEEPEST
    try:
        found = environment.find(_with_brackets(query.value), changes.data)
    except (JSONPathError, RecursionError) as error:
        hint = "names with other characters than letters, digits and _ stand in brackets: $.info['x-name']"
        raise _error(f"{shorten(query.value)} is not a JSONPath: {error}", query, hint) from None
    return list(dict.fromkeys(node.location for node in found))


def _with_brackets(query: str) -> str:
    """Put names with hyphens in brackets, where there is nothing else that they could be.

    RFC 9535 demands that; the specification of overlays has an example without (4.4.3.3).
    """
    return query if "'" in query or '"' in query else _HYPHENATED.sub(r"['\1']", query)


def _remove(paths: list[Path], target: Cursor, changes: Changes) -> None:
    if () in paths:
        raise _error("the whole document cannot be removed", target)
    # From the end: removing an element moves those behind it.
    for path in sorted(paths, key=_order, reverse=True):
        changes.remove(path)


def _update(action: Cursor, paths: list[Path], changes: Changes) -> None:
    if len({_kind(changes.at(path)) for path in paths}) > 1:
        message = "the target selects values of different kinds: mappings, lists and plain values need an action each"
        raise _error(message, action / "target")
    field = "update" if "update" in action else "copy"
    value, origin = (action / field).value, Origin(action.document.uri, (action / field).pointer)
    if field == "copy":
        value, origin = _copied(action / field, changes)
    for path in paths:
        try:
            changes.merge(path, value, origin)
        except MergeError as error:
            message = f"{json_path(error.path)} cannot be updated: {error}"
            raise _error(message, action / field, "remove the value in an action before this one") from None


def _copied(query: Cursor, changes: Changes) -> tuple[Any, Origin]:
    if not isinstance(query.value, str):
        raise _error("'copy' must be a string", query)
    found = _select(query, changes)
    if len(found) != 1:
        raise _error(f"{shorten(query.value)} must select one value to copy, not {len(found)}", query)
    return changes.copy(changes.at(found[0])), changes.origin(found[0])


def _order(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((token, "") if isinstance(token, int) else (-1, token) for token in path)


def _kind(value: Any) -> str:
    if is_mapping(value):
        return "mapping"
    return "list" if is_list(value) else "plain"


def _invalid(message: str, place: Cursor, hint: str | None = None) -> Diagnostic:
    return Diagnostic("invalid-overlay", Severity.ERROR, message, place.location, hint)


def _error(message: str, place: Cursor, hint: str | None = None) -> DocumentError:
    return DocumentError(_invalid(message, place, hint))
