"""From one page to the next: what of a call changes.

Comes in: the answer of a call, and how its pages follow each other. Goes out: the
change that makes the next call, or None at the end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from ..errors import DecodingError
from ..kinds import is_list, is_mapping
from ..pagination import CursorPages, LinkedPages, NumberedPages, OffsetPages, Pages
from .flow import Call
from .options import CallOptions
from .responses import ApiResponse

_ADDRESS = re.compile(r"https?://|[/?]")
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[^;,\"]+(?:\"[^\"]*\")?)*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Following:
    """What chooses the next page: an argument, or the query of an address."""

    arguments: Mapping[str, Any]
    query: str | None = None


def items_of(pages: Pages, value: Any) -> list[Any]:
    """Return the items of a page; none where an optional list is absent."""
    found = at(value, pages.items)
    return found if is_list(found) else []


def is_counted(pages: Pages) -> bool:
    """Tell whether only an empty page tells the end."""
    match pages:
        case NumberedPages(total=None, more=None) | OffsetPages(total=None, more=None):
            return True
        case _:
            return False


def following(
    pages: Pages, call: Call, response: ApiResponse[Any], items: Sequence[Any]
) -> Following | None:
    """Return what chooses the page after an answer."""
    value = response.value
    if pages.more is not None and at(value, pages.more) is False:
        return None
    match pages:
        case CursorPages():
            return _after_cursor(pages, value, items)
        case NumberedPages():
            return _after_number(pages, call, value, items)
        case OffsetPages():
            return _after_offset(pages, call, value, items)
        case LinkedPages(next=None):
            return _address(_next_link(response.headers.get("link", "")))
        case LinkedPages(next=path):
            return _address(at(value, path or ""))
        case _:
            return None


def next_call(call: Call, change: Following, secrets: frozenset[str]) -> Call:
    """Return the call for the next page: the first with everything but the page alike.

    Of an address only the query counts: the call goes where the first one went, so that
    no credential goes elsewhere. ``secrets`` are keys that credentials bring anew.
    """
    kept = {
        name: one for name, one in call.options.items() if name != "idempotency_key"
    }
    if change.query is None:
        arguments = {**call.arguments, **change.arguments}
        return replace(call, arguments=arguments, options=cast("CallOptions", kept))
    if not change.query:
        raise DecodingError(
            "the address of the next page has no query to follow",
            operation=call.operation.key,
        )
    query: dict[str, list[str]] = {}
    for name, text in parse_qsl(change.query, keep_blank_values=True):
        if name not in secrets:
            query.setdefault(name, []).append(text)
    extra = cast("Mapping[str, Any]", kept.get("extra_query") or {})
    kept["extra_query"] = {**extra, **query}
    asked = {
        one.name
        for one in call.operation.parameters
        if one.place in ("query", "querystring")
    }
    arguments = {
        name: value for name, value in call.arguments.items() if name not in asked
    }
    operation = replace(
        call.operation,
        parameters=tuple(
            one for one in call.operation.parameters if one.name not in asked
        ),
    )
    return replace(
        call,
        operation=operation,
        arguments=arguments,
        options=cast("CallOptions", kept),
    )


def at(value: Any, path: str) -> Any:
    """Return what a path of attributes leads to; None where something is absent."""
    for name in path.split(".") if path else ():
        # What is deprecated says so where it is read as an attribute.
        held = value if is_mapping(value) else getattr(value, "__dict__", {})
        value = held[name] if name in held else getattr(value, name, None)
    return value


def _after_cursor(
    pages: CursorPages, value: Any, items: Sequence[Any]
) -> Following | None:
    if pages.last is not None:
        found = at(items[-1], pages.last) if items else None
    else:
        found = at(value, pages.next or "")
    if found is None or found == "":
        return None
    if isinstance(found, str) and _ADDRESS.match(found) and "?" in found:
        return _address(found)
    return Following({pages.parameter: found})


def _after_number(
    pages: NumberedPages, call: Call, value: Any, items: Sequence[Any]
) -> Following | None:
    number = call.arguments.get(pages.parameter)
    if number is None:
        number = at(value, pages.current) if pages.current else pages.first
    total = at(value, pages.total) if pages.total else None
    if not isinstance(number, int) or (not items and pages.more is None):
        return None
    if isinstance(total, int) and number + 1 >= pages.first + total:
        return None
    return Following({pages.parameter: number + 1})


def _after_offset(
    pages: OffsetPages, call: Call, value: Any, items: Sequence[Any]
) -> Following | None:
    offset = (call.arguments.get(pages.parameter) or 0) + len(items)
    total = at(value, pages.total) if pages.total else None
    if not items or (isinstance(total, int) and offset >= total):
        return None
    return Following({pages.parameter: offset})


def _address(address: Any) -> Following | None:
    text = str(address) if address is not None else ""
    if not text:
        return None
    try:
        return Following({}, urlsplit(text).query)
    except ValueError:
        return Following({}, "")


def _next_link(header: str) -> str | None:
    """Return the address of the relation ``next`` (RFC 8288)."""
    for match in _LINK.finditer(header):
        for relation in _REL.finditer(match[2]):
            if "next" in (relation[1] or relation[2]).lower().split():
                return match[1]
    return None
