"""What Schemathesis cannot know, said to it; Schemathesis loads this module.

Each function says why what it changes is the document's or the tool's, and not the server's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import schemathesis

_LINES = ("application/jsonl", "application/x-ndjson")
_FILES = ("application/pdf", "image/jpeg", "image/png")
_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
#: What a pattern is made of as far as braces go: escapes, classes and counts, which stay, and other braces.
_PARTS = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\}|[^\\\[{}])|[{}]", re.S)
_COMPONENTS: dict[str, Any] = {}


@schemathesis.serializer(*_LINES)
def written(_: schemathesis.SerializationContext, value: Any) -> Any:
    """Write one line: before OpenAPI 3.2 the schema of such a body describes each of its lines."""
    return value if isinstance(value, bytes) else json.dumps(value).encode() + b"\n"


@schemathesis.serializer(*_FILES)
def file(_: schemathesis.SerializationContext, value: Any) -> Any:
    """Write a part that is a file: the tool makes text or octets for it."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.deserializer(*_LINES)
def read(_: schemathesis.DeserializationContext, response: schemathesis.Response) -> Any:
    """Read the first line."""
    return json.loads(response.content.partition(b"\n")[0])


@schemathesis.hook
def before_load_schema(_: schemathesis.HookContext, raw_schema: dict[str, Any]) -> None:
    """Complete the document where it leaves something to convention."""
    _COMPONENTS.update(raw_schema.get("components", {}).get("schemas", {}))
    _spell_patterns(raw_schema)
    for operation in _operations(raw_schema):
        _say_what_events_hold(operation)
        _document_refusals(operation, raw_schema)


def _spell_patterns(value: Any) -> None:
    """Give braces that count nothing their backslash: the tool drops patterns where they stand for themselves."""
    if isinstance(value, list):
        for one in value:
            _spell_patterns(one)
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            value["pattern"] = _PARTS.sub(lambda part: part[1] or f"\\{part[0]}", value["pattern"])
        for one in value.values():
            _spell_patterns(one)


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document.get("paths", {}).values():
        yield from (operation for method, operation in item.items() if method in _METHODS)


def _say_what_events_hold(operation: dict[str, Any]) -> None:
    """Before 3.2 nothing says whether a schema is for an event or its data; these documents mean the data."""
    for response in operation["responses"].values():
        media = response.get("content", {}).get("text/event-stream")
        if media is None or "itemSchema" in media:
            continue
        data = {"type": "string", "contentMediaType": "application/json", "contentSchema": media.pop("schema")}
        media["itemSchema"] = {"type": "object", "properties": {"data": data}, "required": ["data"]}


def _document_refusals(operation: dict[str, Any], document: dict[str, Any]) -> None:
    """The tool demands 401 for a missing ``Authorization``, and refuses it where no 401 is documented."""
    demanded = operation.get("security", document.get("security", []))
    responses = operation["responses"]
    if demanded and {} not in demanded and not {"401", "4XX", "default"} & {str(status) for status in responses}:
        responses["401"] = {"description": "Not authenticated."}


@schemathesis.hook
def filter_failure(
    _: schemathesis.HookContext, failure: Any, case: schemathesis.Case, __: schemathesis.Response
) -> bool:
    """Drop what is no fault: a request that was meant as a wrong one, and is a right one as it is written."""
    return not (_is_a_text_anyway(failure, case) or _is_an_empty_list(failure, case))


def _is_a_text_anyway(failure: Any, case: schemathesis.Case) -> bool:
    """Parts have no types: on the wire an object that the tool sends for a list of texts is one text of it."""
    found = re.search(r"in body - (\S+): Incorrect type", failure.message)
    lists = _lists_of_texts(case.operation.definition.raw)
    return bool(found and found[1] in lists and str(case.media_type).startswith("multipart/"))


def _is_an_empty_list(failure: Any, case: schemathesis.Case) -> bool:
    """A list with commas that has one empty item is written as an empty list is: ``name=``, ``Name:``."""
    found = re.search(r"parameter `(\S+)` in (?:query|header) - violates .* at /properties/\1/items", failure.message)
    parameters = case.operation.definition.raw.get("parameters", [])
    joined = {one["name"] for one in parameters if one.get("explode") is False or one.get("in") == "header"}
    given = {**(case.query or {}), **dict(case.headers or {})}
    return bool(found and found[1] in joined and given.get(found[1]) in ([""], ""))


def _lists_of_texts(operation: dict[str, Any]) -> set[str]:
    media = operation.get("requestBody", {}).get("content", {}).get("multipart/form-data", {})
    schema = media.get("schema", {})
    if "$ref" in schema:
        schema = _COMPONENTS[schema["$ref"].rpartition("/")[2]]
    properties = schema.get("properties", {})
    return {name for name, one in properties.items() if one.get("items", {}).get("type") == "string"}
