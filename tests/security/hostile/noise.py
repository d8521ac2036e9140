"""Words of OpenAPI put together without sense, and a good document with parts exchanged for others of it."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from security.hostile.case import Cases, Json, document
from security.positions import filled

_WORDS = (
    *("openapi", "info", "paths", "/a", "/{a}", "get", "post", "parameters", "name", "in", "path", "query"),
    *("schema", "type", "object"),
    *("array", "string", "integer", "items", "properties", "allOf", "oneOf", "anyOf", "not", "$ref"),
    "#/components/schemas/A",
    *("#/components/schemas/B", "components", "schemas", "A", "B", "enum", "const", "default", "required"),
    *("responses", "200"),
    *("content", "application/json", "description", "additionalProperties", "discriminator", "propertyName"),
    *("mapping", "nullable"),
    *("format", "pattern", "security", "securitySchemes", "headers", "callbacks", "servers", "url", "tags", "$defs"),
    *("$id", "$anchor"),
    *("$dynamicRef", "if", "then", "else", "prefixItems", "minItems", "maximum", "readOnly", "writeOnly"),
    *("examples", "links", "style"),
)  # fmt: skip


def noise() -> Cases:
    for number in range(150):
        yield f"noise-{number}", _noise(random.Random(number))


def exchanged() -> Cases:
    """A document that has everything, with two of its parts exchanged."""
    for label in ("openapi_3_2", "swagger_2_0"):
        whole: Json = json.loads(json.dumps(filled(label, {})))
        for number in range(150):
            changed = copy.deepcopy(whole)
            chosen = random.Random(number)
            (one, first), (two, second) = _part(changed, chosen), _part(changed, chosen)
            one[first], two[second] = copy.deepcopy(two[second]), copy.deepcopy(one[first])
            yield f"exchanged-{label.replace('_', '-')}-{number}", changed


def _part(value: Any, chosen: random.Random) -> tuple[Any, Any]:
    while True:
        key = chosen.choice(list(value) if isinstance(value, dict) else range(len(value)))
        inner = value[key]
        if not isinstance(inner, dict | list) or not inner or chosen.random() < 0.2:
            return value, key
        value = inner


def _noise(chosen: random.Random) -> Json:
    def value(depth: int) -> Any:
        kind = chosen.random()
        if depth > 6 or kind < 0.3:
            return chosen.choice((*_WORDS, None, True, False, 0, 1, -1, 1.5, "", [], {}))
        if kind < 0.45:
            return [value(depth + 1) for _ in range(chosen.randrange(4))]
        return {chosen.choice(_WORDS): value(depth + 1) for _ in range(chosen.randrange(6))}

    parts = {key: value(0) for key in ("paths", "components", "servers", "tags", "security", "webhooks")}
    schemas = {"A": value(1), "B": value(1)}
    named = {"components": {"schemas": schemas}, "paths": {"/a": {"get": value(1)}, "/{a}": value(1)}}
    return document() | parts | named
