"""Pages of Docusaurus' OpenAPI plugin in, the operation out that their front matter holds, as a document.

``api:`` holds the operation as JSON, as it is or packed: compressed by zlib, and that in base 64. References are
replaced by what they lead to; where that would not end, the plugin writes ``circular(Title)``.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from bothends.extraction.page import Page, Passage
from bothends.extraction.plain import is_list, is_mapping

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^api:[ \t]*(?P<quote>['\"]?)(?P<value>[A-Za-z0-9+/=]{16,}|\{.*\})(?P=quote)[ \t]*$", re.MULTILINE)
_CIRCULAR = re.compile(r"circular\([^()]*\)")
_OF_OPERATION = (
    *("tags", "summary", "description", "externalDocs", "operationId", "parameters", "requestBody", "responses"),
    *("callbacks", "deprecated", "security", "servers"),
)


def packed_operations(page: Page, most: int) -> Iterator[Passage]:
    """Return the operation of a page as the text of a document. ``most``: how many bytes it may have."""
    matter = _FRONT_MATTER.match(page.text)
    field = _FIELD.search(matter[1]) if matter else None
    if matter is None or field is None:
        return
    value = field["value"]
    try:
        text = value.encode() if value.startswith("{") else _unpacked(value, most)
        data: Any = json.loads(text)
    except (ValueError, zlib.error, binascii.Error, RecursionError):
        return
    if not is_mapping(data) or not isinstance(data.get("path"), str) or not isinstance(data.get("method"), str):
        return
    line = page.text.count("\n", 0, matter.start(1) + field.start()) + 1
    yield Passage(page, line, json.dumps(_document(data), ensure_ascii=False))


def _unpacked(value: str, most: int) -> bytes:
    packer = zlib.decompressobj()
    text = packer.decompress(base64.b64decode(value, validate=True), most)
    if packer.unconsumed_tail:
        raise ValueError("too large")
    return text


def _document(data: dict[str, Any]) -> dict[str, Any]:
    operation = {name: data[name] for name in _OF_OPERATION if name in data}
    operation.update({name: value for name, value in data.items() if name.startswith("x-")})
    info = data.get("info")
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": info if is_mapping(info) else {"title": "API", "version": "0"},
        "paths": {data["path"]: {data["method"]: operation}},
    }
    if is_list(data.get("servers")):
        document["servers"] = operation.pop("servers")
    if is_mapping(data.get("securitySchemes")):
        document["components"] = {"securitySchemes": data["securitySchemes"]}
    return _of_one_version(document)


def _of_one_version(document: dict[str, Any]) -> dict[str, Any]:
    """Say in OpenAPI 3.1 what 3.0 says otherwise: the pages do not tell which version they are of."""
    pending: list[Any] = [document]
    while pending:
        value = pending.pop()
        keys: list[Any] = list(value) if is_mapping(value) else list(range(len(value)))
        for key in keys:
            inner = value[key]
            if isinstance(inner, str) and _CIRCULAR.fullmatch(inner):
                value[key] = {}
            elif is_mapping(inner) or is_list(inner):
                pending.append(inner)
        if is_mapping(value):
            _modernize(value)
    return document


def _modernize(schema: dict[str, Any]) -> None:
    if schema.get("nullable") is True and isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
        del schema["nullable"]
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if schema.get(exclusive) is True and bound in schema:
            schema[exclusive] = schema.pop(bound)
        elif schema.get(exclusive) is False:
            del schema[exclusive]
