"""The styles of OpenAPI 3.2 (4.12.3) and the collection formats of 2.0.

Values arrive here as JSON and leave as text in which every value is encoded and no
delimiter is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from ..kinds import is_container, is_dict, is_list
from .percent import escape as plain
from .problem import CodingError
from .texts import text_of

Escape: TypeAlias = Callable[[str], str]

# Delimiters that stand in a URL in encoded form: in a value they could not be told
# apart from one that separates.
DELIMITERS: Mapping[str, str] = {
    "spaceDelimited": "%20",
    "pipeDelimited": "%7C",
    "tabDelimited": "%09",
}

# The same where text is not encoded, as in the parts of multipart bodies.
RAW_DELIMITERS: Mapping[str, str] = {
    "spaceDelimited": " ",
    "pipeDelimited": "|",
    "tabDelimited": "\t",
}


def path_text(name: str, value: Any, style: str, explode: bool, escape: Escape) -> str:
    """Return what stands in a path for a value."""
    if style == "matrix":
        if explode and is_list(value):
            return "".join(
                _matrix(escape(name), escape(text_of(item))) for item in value
            )
        if explode and is_dict(value):
            return "".join(
                _matrix(escape(key), escape(text_of(item)))
                for key, item in value.items()
            )
        return _matrix(escape(name), joined(value, ",", escape))
    if style == "label":
        # A dot in an item would look like the dot between items, which readers after
        # older versions of the specification expect in either case.
        if explode or (is_list(value) and len(value) == 1):
            return "." + joined(value, ".", _undotted(escape), pairs="=")
        return "." + joined(value, ",", escape)
    delimiter = DELIMITERS.get(style, ",")
    safe = _safe(escape, style)
    return joined(value, delimiter, safe, pairs="=" if explode else None)


def query_pairs(
    name: str, value: Any, style: str, explode: bool, escape: Escape
) -> Iterator[str]:
    """Yield the ``name=value`` pairs of a query, encoded."""
    if style == "deepObject" and is_container(value):
        for key, text in deep_entries(name, value):
            yield f"{plain(key)}={escape(text)}"
    elif explode and is_list(value):
        yield from (f"{plain(name)}={escape(text_of(item))}" for item in value)
    elif explode and is_dict(value) and style != "deepObject":
        yield from (
            f"{plain(key)}={escape(text_of(item))}" for key, item in value.items()
        )
    elif style in DELIMITERS and is_container(value):
        safe = _safe(escape, style)
        yield f"{plain(name)}={joined(value, DELIMITERS[style], safe)}"
    else:
        yield f"{plain(name)}={joined(value, ',', escape)}"


def joined(
    value: Any, delimiter: str, escape: Escape, *, pairs: str | None = None
) -> str:
    """Return a scalar, the items of an array or the entries of an object.

    ``pairs`` separates a name from its value; without it both are items.
    """
    if is_list(value):
        return delimiter.join(escape(text_of(item)) for item in value)
    if is_dict(value):
        between = pairs or delimiter
        return delimiter.join(
            f"{escape(key)}{between}{escape(text_of(item))}"
            for key, item in value.items()
        )
    return escape(text_of(value))


def guarded(escape: Escape, *delimiters: str) -> Escape:
    """Return an ``escape`` that refuses text with a delimiter of its own style."""

    def checked(text: str) -> str:
        found = escape(text)
        if any(delimiter in found for delimiter in delimiters):
            raise CodingError("holds the delimiter of its own style")
        return found

    return checked


def _safe(escape: Escape, style: str) -> Escape:
    if style not in DELIMITERS:
        return escape
    return guarded(escape, DELIMITERS[style], RAW_DELIMITERS[style])


def _matrix(name: str, value: str) -> str:
    return f";{name}={value}" if value else f";{name}"


def _undotted(escape: Escape) -> Escape:
    return lambda text: escape(text).replace(".", "%2E")


def deep_entries(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield ``name[key][key]`` and the text for every scalar inside a value."""
    if is_dict(value):
        for key, item in value.items():
            yield from deep_entries(f"{name}[{key}]", item)
    elif is_list(value):
        for index, item in enumerate(value):
            yield from deep_entries(f"{name}[{index}]", item)
    else:
        yield name, text_of(value)
