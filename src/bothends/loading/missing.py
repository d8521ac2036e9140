"""A reference that leads nowhere in; the diagnostic out: how far it got, what was most likely meant, and a cure."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from bothends.diagnostics.model import Diagnostic, DocumentError, Severity
from bothends.loading import fix as fixes
from bothends.loading.cursor import Cursor, describe
from bothends.loading.data import is_list, is_mapping
from bothends.loading.fix import Fix
from bothends.loading.places import shorten

# How much comparing of names one run spends on suggestions: characters of one name times those of another.
_EFFORT = 1_000_000
_LENGTH = 80
_SCHEMAS = frozenset({"/components/schemas", "/definitions"})


class Missing:
    """Makes the errors for the references of one document that lead nowhere; the effort for suggestions is bounded."""

    def __init__(self) -> None:
        self._effort = _EFFORT

    def error(self, reference: str, holder: Cursor, token: str, place: Cursor) -> DocumentError:
        """Return the error: ``holder`` is where the reference ended, ``token`` is what is missing there."""
        where = f"#{holder.pointer}" if holder.document is place.document else f"{holder.document.uri}#{holder.pointer}"
        message = f"{shorten(reference)} leads nowhere: {shorten(where)} is {describe(holder.value)}"
        hint: str | None = None
        cure: Fix = ()
        if is_mapping(holder.value):
            message = f"{shorten(reference)} leads nowhere: {shorten(where)} has no {shorten(token)}"
            hint, cure = self._help(holder, token)
        elif is_list(holder.value):
            message = f"{shorten(reference)} leads nowhere: {shorten(where)} has {len(holder.value)} elements"
        return DocumentError(
            Diagnostic("unresolved-reference", Severity.ERROR, message, place.location, hint, fix=cure)
        )

    def _help(self, holder: Cursor, token: str) -> tuple[str | None, Fix]:
        close = self._closest(token, holder.value)
        if close is not None:
            return f"did you mean {close!r}?", ()
        if holder.pointer not in _SCHEMAS:
            return None, ()
        anything = {token: {"description": "Any value: the document refers to it, and does not have it."}}
        hint = "add it; 'bothends validate --fixes FILE' writes an overlay in which it is any value"
        return hint, fixes.updated(holder.document, holder.pointer, anything)

    def _closest(self, token: str, names: Collection[str]) -> str | None:
        """Return the name that was most likely meant, as long as there is effort left for finding it."""
        if len(token) > _LENGTH or len(names) > self._effort:
            return None
        self._effort -= len(names)
        candidates = [name for name in names if len(name) <= _LENGTH]
        effort = len(token) * sum(map(len, candidates))
        if effort > self._effort:
            return None
        self._effort -= effort
        return next(iter(difflib.get_close_matches(token, candidates, n=1)), None)
