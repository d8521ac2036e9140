"""Documents of OpenAPI 2.0, which has shapes of its own."""

from __future__ import annotations

from typing import Any

from security.hostile.case import SHAPE, Cases, Json, has
from security.hostile.names import SETS

_WORSE: tuple[Any, ...] = (None, 1, "x", [], {}, [None], "\r\nX: y", "../../etc/passwd", "file:///etc/passwd", True)


def swagger() -> Cases:
    odd = [
        *(
            {"name": "b", "in": "body", "schema": {"$ref": "#/definitions/A"}},
            {"name": "b", "in": "body", "schema": {}},
        ),
        *({"name": "f", "in": "formData", "type": "file"}, {"in": "body"}, {"name": "x"}, None, 1, [], "x", {}),
        {"name": "g", "in": "formData", "type": "array", "items": {"type": "array", "items": {}}},
    ]
    answers = {"200": {"schema": {"type": "file"}}, "x": None}
    definitions = {"A": {"discriminator": "k"}, "B": None, "C": [], "": {"allOf": [{"$ref": "#/definitions/"}]}}
    yield "swagger-odd", _document({"/a": {"post": {"parameters": odd, "responses": answers}}}, definitions) | {
        "host": "a b/../c", "basePath": "..", "schemes": ["file", 1, None], "consumes": ["\r\n"],
        "securityDefinitions": {"a": {"type": "oauth2", "flow": "x"}},
    }  # fmt: skip
    for number, value in enumerate(_WORSE):
        for key in (
            "host",
            "basePath",
            "schemes",
            "consumes",
            "produces",
            "securityDefinitions",
            "definitions",
            "parameters",
            "responses",
        ):
            yield f"swagger-{key}-{number}", _document({"/a": {"get": _OPERATION}}, {"A": SHAPE}) | {key: value}
        for key in (
            "type",
            "format",
            "items",
            "collectionFormat",
            "default",
            "enum",
            "in",
            "required",
            "schema",
            "name",
        ):
            parameters = [
                {"name": "q", "in": place, "type": "string", key: value} for place in ("query", "formData", "body")
            ]
            yield (
                f"swagger-parameter-{key}-{number}",
                _document({"/a": {"post": _OPERATION | {"parameters": parameters}}}),
            )
        for key in ("type", "flow", "scopes", "in", "name", "authorizationUrl"):
            scheme = {"type": "oauth2", "flow": "accessCode", "scopes": {}, key: value}
            yield (
                f"swagger-scheme-{key}-{number}",
                _document({}) | {"securityDefinitions": {"s": scheme}, "security": [{"s": []}]},
            )
    for label, names in SETS.items():
        yield (
            f"swagger-names-{label}",
            _document(
                {
                    "/a": {
                        "post": _OPERATION
                        | {"parameters": [{"name": name, "in": "formData", "type": "string"} for name in names]}
                    }
                },
                dict.fromkeys(names, SHAPE),
            ),
        )
    looping = {
        "A": {"$ref": "#/definitions/A"},
        "B": {"allOf": [{"$ref": "#/definitions/B"}]},
        "C": has("c", {"$ref": "#/definitions/C"}),
    }
    yield "swagger-loops", _document({}, looping)
    deep: Any = {"type": "string"}
    for _ in range(80):
        deep = {"type": "array", "items": deep, "collectionFormat": "csv"}
    yield (
        "swagger-deep-items",
        _document({"/a": {"get": _OPERATION | {"parameters": [{"name": "q", "in": "query", **deep}]}}}),
    )
    tree = {f"A{n}": {"allOf": [{"$ref": f"#/definitions/A{n + 1}"}] * 2} for n in range(40)}
    yield "swagger-laughs", _document({}, tree | {"A40": SHAPE})


_OPERATION: Json = {"responses": {"200": {"description": "ok"}}}


def _document(paths: Json, definitions: Json | None = None) -> Json:
    return {"swagger": "2.0", "info": {"title": "x", "version": "1"}, "paths": paths, "definitions": definitions or {}}
