"""In come a reference and where it leads, out comes a warning where that is a thing of another kind."""

from __future__ import annotations

from typing import Final

from bothends.diagnostics.model import Diagnostic, DocumentError, Related, Severity
from bothends.loading import grammar
from bothends.loading.cursor import Cursor, describe
from bothends.loading.data import is_mapping
from bothends.loading.places import shorten

_NAMES: Final = {
    "document": "a whole document",
    "mediaType": "a media type",
    "operation": "an operation",
    "pathItem": "a path item",
    "requestBody": "a request body",
    "securityScheme": "a security scheme",
}
# Nothing is generated from these: what is wrong with them stops nothing.
_HARMLESS: Final = frozenset({"example", "link"})


def check_kind(wanted: str | None, source: Cursor, target: Cursor) -> None:
    """Raise :class:`DocumentError` where a reference leads to another kind of thing.

    It carries a warning: what cannot be used is left out; a schema takes any value then, as one without keywords that
    JSON Schema knows does. ``wanted`` is the kind that the place of the reference demands; None where nothing is
    known about it, as in a file that holds a part of a description.
    """
    if wanted in _HARMLESS:
        return
    value = target.value
    found = grammar.kind_at(target.document.data, target.pointer)
    fits = is_mapping(value) or (wanted == "schema" and isinstance(value, bool))
    if fits and found != grammar.DATA and (wanted is None or found is None or wanted == found):
        return
    what = _name(found) if found and found != grammar.DATA else "other data" if fits else describe(value)
    meant = f", where {_name(wanted)} must stand" if wanted else ""
    place = source / "$ref" if "$ref" in source else source
    outcome = "any value is taken" if wanted == "schema" else "it was left out"
    message = f"{shorten(source.value.get('$ref', target.pointer))} leads to {what}{meant}; {outcome}"
    related = (Related(target.location, "it leads here"),)
    raise DocumentError(Diagnostic("wrong-reference", Severity.WARNING, message, place.location, None, related))


def _name(kind: str) -> str:
    return _NAMES.get(kind) or f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
