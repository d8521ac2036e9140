"""Versions that nobody reads, and roots that are no document."""

from __future__ import annotations

import json
from typing import Any

from security.hostile.case import Cases, document

_VERSIONS: tuple[Any, ...] = (
    *("", "4.0.0", "3.9.0", "3.3.0", "2.1", "1.2", "3", "three", "3.1.0\n", "3.1.0; rm", "3.1.0-rc1", "v3.1.0"),
    "9" * 10_000,
    *(3.1, 31, 1e999, -1, None, True, [], {}, ["3.1.0"], "３.１.０", "3.1.\x00", "3.1.0" + "\u200b"),
)  # fmt: skip


def versions() -> Cases:
    for number, version in enumerate(_VERSIONS):
        yield f"version-{number}", document() | {"openapi": version}
        yield f"version-of-swagger-{number}", {"swagger": version, "info": {"title": "x", "version": "1"}, "paths": {}}
    yield "no-version", {key: value for key, value in document().items() if key != "openapi"}
    yield "two-versions", document() | {"swagger": "2.0"}
    yield "swagger-number", {"swagger": 2.0, "info": {"title": "x", "version": "1"}, "paths": {}}
    yield "other-formats", {"asyncapi": "3.0.0", "info": {}, "channels": {}}
    yield "arazzo", {"arazzo": "1.0.0", "info": {}, "workflows": []}
    yield "json-schema", {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}
    yield "postman", {"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/"}, "item": []}
    for number, root in enumerate(
        ([], "text", 1, None, True, [document()], {"a": 1}, {}, "", 1e10, {"openapi": "3.1.0"})
    ):
        yield f"root-{number}", json.dumps(root).encode()
    for number, dialect in enumerate(("file:///etc/passwd", "http://127.0.0.1:9/", "x", "", 1, None)):
        yield f"dialect-{number}", document({"A": {"$schema": dialect, "type": "string"}}, jsonSchemaDialect=dialect)
    for number, own in enumerate(
        ("file:///etc/passwd", "http://127.0.0.1:9/", "../../x.json", "", "#", "http://[", "\0")
    ):
        yield f"self-{number}", document({"A": {"$ref": "b.json"}}) | {"openapi": "3.2.0", "$self": own}
