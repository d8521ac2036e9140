"""A document and a validator in, the errors that it finds out, in bounded time and memory.

The validator makes all errors of a document at once, each with a copy of what it is about. A document of hundreds
of thousands of values is therefore given to it part by part, until enough was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bothends.loading import collector
from bothends.loading.data import is_list, is_mapping

# Up to this many values, all errors are asked for at once; more in one part, and only the first is.
_SMALL = 50_000
_ENTRIES = ("paths", "webhooks", "definitions", "parameters", "responses", "securityDefinitions")


def errors(validator: Any, data: dict[str, Any]) -> Iterator[Any]:
    """Yield errors of a document: all that there are in a small one."""
    if validator.is_valid(data):
        return
    if _is_small(data):
        yield from _all(validator, data)
        return
    for part in _parts(data):
        if validator.is_valid(part):
            continue
        if _is_small(part):
            yield from _all(validator, part)
        else:
            yield from _first(validator, part)


def _all(validator: Any, data: Any) -> Iterator[Any]:
    with collector.paused():
        found = list(validator.iter_errors(data))
    yield from found


def _first(validator: Any, data: Any) -> Iterator[Any]:
    try:
        validator.validate(data)
    except ValueError as error:
        yield error


def _parts(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Take a document apart: every part is a document itself, and places in it are the same."""
    components = data.get("components")
    sections = dict(components) if is_mapping(components) else dict[str, Any]()
    frame = {name: _emptied(value) if name in _ENTRIES else value for name, value in data.items()}
    if is_mapping(components):
        frame["components"] = {name: _emptied(value) for name, value in sections.items()}
    yield frame
    base: dict[str, Any] = {name: value for name, value in data.items() if name in ("openapi", "swagger")}
    base |= {"info": {"title": "", "version": ""}, "paths": {}}
    for name in _ENTRIES:
        entries = data.get(name)
        for key, entry in entries.items() if is_mapping(entries) else ():
            yield {**base, name: {key: entry}}
    for section, entries in sections.items():
        for key, entry in entries.items() if is_mapping(entries) else ():
            yield {**base, "components": {section: {key: entry}}}


def _emptied(value: Any) -> Any:
    return dict[str, Any]() if is_mapping(value) else value


def _is_small(data: Any) -> bool:
    count = 0
    todo: list[Any] = [data]
    while todo and count <= _SMALL:
        value = todo.pop()
        count += 1
        if is_mapping(value):
            todo.extend(value.values())
        elif is_list(value):
            todo.extend(value)
    return count <= _SMALL
