"""A value and where it stands: what readers walk over a document with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeVar, cast

from bothends.diagnostics.model import Location, Report
from bothends.loading import pointer as pointers
from bothends.loading.data import is_list, is_mapping
from bothends.loading.document import Document

_T = TypeVar("_T")

_NAMES: dict[type, str] = {
    dict: "a mapping",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    type(None): "null",
}


class Cursor:
    """A value of a document and its place. Cursors are cheap and never change; make them by :meth:`child`.

    ``follow`` of the resolver crosses references; a cursor itself does not.
    """

    __slots__ = ("document", "pointer", "value")

    def __init__(self, value: Any, document: Document, pointer: str = "") -> None:
        self.value = value
        self.document = document
        self.pointer = pointer

    @property
    def key(self) -> str:
        """The canonical key of the place: the same for every spelling of a reference to it."""
        return self.document.key(self.pointer)

    @property
    def location(self) -> Location:
        """The place, for a diagnostic."""
        return Location(self.document.uri, self.pointer)

    def child(self, token: str | int) -> Cursor:
        """Return the member or element; ``KeyError`` or ``IndexError`` where there is none."""
        escaped = pointers.escape(token) if isinstance(token, str) else token
        return Cursor(self.value[token], self.document, f"{self.pointer}/{escaped}")

    __truediv__ = child

    def get(self, token: str | int) -> Cursor | None:
        """Return the member or element, or None where there is none or the value holds nothing."""
        value = self.value
        if is_mapping(value):
            return self.child(token) if token in value else None
        if is_list(value) and isinstance(token, int) and 0 <= token < len(value):
            return self.child(token)
        return None

    def __contains__(self, token: str) -> bool:
        return is_mapping(self.value) and token in self.value

    def items(self) -> Iterator[tuple[str, Cursor]]:
        """Iterate over the members of a mapping; there are none of anything else."""
        value = self.value
        if is_mapping(value):
            document, prefix = self.document, self.pointer
            for name, member in value.items():
                yield name, Cursor(member, document, f"{prefix}/{pointers.escape(name)}")

    def elements(self) -> Iterator[Cursor]:
        """Iterate over the elements of a list; there are none of anything else."""
        value = self.value
        if is_list(value):
            document, prefix = self.document, self.pointer
            for index, element in enumerate(value):
                yield Cursor(element, document, f"{prefix}/{index}")

    def string(self, field: str, report: Report, default: str = "") -> str:
        """Return a field that must be a string; any other type is reported and ``default`` returned."""
        return self._typed(field, str, default, report)

    def boolean(self, field: str, report: Report, default: bool = False) -> bool:
        """Return a field that must be a boolean; any other type is reported and ``default`` returned."""
        return self._typed(field, bool, default, report)

    def integer(self, field: str, report: Report, default: int | None = None) -> int | None:
        """Return a field that must be an integer (``1.0`` is one); any other type is reported."""
        value = self.value.get(field) if is_mapping(self.value) else None
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return self._typed(field, int, default, report)

    def mapping(self, field: str, report: Report) -> Cursor | None:
        """Return a field that must be a mapping; None where it is absent, and where it is reported."""
        return self.child(field) if self._typed(field, dict, None, report) is not None else None

    def array(self, field: str, report: Report) -> Cursor | None:
        """Return a field that must be a list; None where it is absent, and where it is reported."""
        return self.child(field) if self._typed(field, list, None, report) is not None else None

    def _typed(self, field: str, wanted: type, default: _T, report: Report) -> _T:
        if not is_mapping(self.value) or field not in self.value:
            return default
        value: Any = self.value[field]
        if type(value) is wanted:
            return cast(_T, value)
        message = f"{field!r} must be {_NAMES[wanted]}, not {describe(value)}"
        location = self.child(field).location
        repaired = _read_kindly(value, wanted)
        if repaired is not None:
            report.warning("wrong-type", message, location, f"it was read as {repaired!r}")
            return cast(_T, repaired)
        if value is None:
            report.warning("wrong-type", message, location, "it was read as if it were absent")
            return default
        report.error("wrong-type", message, location)
        return default

    def __repr__(self) -> str:
        return f"<Cursor {self.document.uri}#{self.pointer}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cursor):
            return NotImplemented
        return self.document is other.document and self.pointer == other.pointer

    def __hash__(self) -> int:
        return hash((id(self.document), self.pointer))


def _read_kindly(value: Any, wanted: type) -> str | bool | None:
    """Return the one safe reading of a scalar of the wrong type: ``version: 1.0``, ``required: "true"``."""
    if wanted is str and isinstance(value, int | float):
        return json.dumps(value)
    if wanted is bool and value in ("true", "false"):
        return bool(value == "true")
    return None


def describe(value: Any) -> str:
    """Say in words what JSON type a value has."""
    return _NAMES[type(value)]
