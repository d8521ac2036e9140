"""Values of the wrong type in every place of a document, and numbers where code writes numbers."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from security.hostile.case import SHAPE, SMALL_JSON, TEXT, Cases, Json, document, get, has, operation, parameter
from security.positions import filled

_VALUES: tuple[Any, ...] = (
    *("__import__('os').system('touch owned')", "1; evil()", "1e5", "0x10", "", None, True, [], {}, -1, 0, 1.5),
    *(1e308, -1e308),
    *(1e-320, 10**400, -(10**400), 2**63, 2**31, -0.0, [None], {"a": None}, "\0", 10**18, {"$ref": "#"}),
)  # fmt: skip
_BOUNDS = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"),
    "minItems",
    *("maxItems", "minProperties", "maxProperties", "minContains", "maxContains"),
)
_KEYWORDS = (
    *(
        "deprecated",
        "readOnly",
        "writeOnly",
        "uniqueItems",
        "nullable",
        "required",
        "type",
        "format",
        "pattern",
        "enum",
    ),
    *(
        "const",
        "default",
        "title",
        "description",
        "items",
        "properties",
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "if",
        "then",
        "$defs",
    ),
    *(
        "discriminator",
        "xml",
        "examples",
        "example",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "prefixItems",
    ),
    *(
        "patternProperties",
        "additionalProperties",
        "propertyNames",
        "dependentRequired",
        "dependentSchemas",
        "contains",
    ),
    *(
        "unevaluatedProperties",
        "unevaluatedItems",
        "externalDocs",
        "$comment",
        "$schema",
        "$vocabulary",
        "$recursiveRef",
    ),
    *("x-enum-varnames", "x-enum-descriptions", "x-nullable", "x-order", "x-python-type", "x-ms-enum"),
)
_WRONG: tuple[Any, ...] = (
    None,
    True,
    0,
    -1.5,
    "text",
    "",
    [],
    ["a"],
    [[]],
    {},
    {"a": 1},
    {"$ref": "#/nothing"},
    [None],
)


def bounds() -> Cases:
    for number, value in enumerate(_VALUES):
        every = dict.fromkeys(_BOUNDS, value)
        kinds = ("string", "integer", "number", "array", "object")
        yield (
            f"bounds-{number}",
            document({kind: {"type": kind, "contains": {}} | every for kind in kinds} | {"any": every}),
        )
        for key in _BOUNDS:
            text = {"type": "number" if "M" in key or key == "multipleOf" else "string", key: value}
            whole = {"type": "integer", key: value}
            yield f"bound-{key}-{number}", document({"A": text, "B": {key: value}, "C": whole, "D": has("a", whole)})


def keywords() -> Cases:
    for number, value in enumerate(_VALUES):
        for key in _KEYWORDS:
            inner = {"a": {key: value}, "b": TEXT | {key: value}}
            yield f"keyword-{key}-{number}", document({"A": {"type": "object", "properties": inner}, "B": {key: value}})


def fields() -> Cases:
    for number, value in enumerate(_VALUES):
        answer = {"description": "x", "content": {"application/json": {"schema": TEXT}}}
        yield f"status-{number}", document(paths={"/a": {"get": {"responses": {str(value): answer}}}})
        for key in (
            "name",
            "in",
            "required",
            "style",
            "explode",
            "allowReserved",
            "schema",
            "content",
            "example",
            "examples",
        ):
            yield f"parameter-{key}-{number}", get(parameters=[parameter("q") | {key: value}])
        for key in (
            "tags",
            "summary",
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "callbacks",
            "security",
            "servers",
        ):
            yield f"operation-{key}-{number}", document(paths={"/a": {"get": operation() | {key: value}}})
        for key in ("info", "paths", "components", "servers", "security", "tags", "webhooks", "externalDocs", "$self"):
            yield f"document-{key}-{number}", document({"A": SHAPE}) | {key: value}


def wrong_types() -> Cases:
    """A document that has everything, with one value of it replaced: each place once, by one value after the other."""
    whole: Json = json.loads(json.dumps(filled("openapi_3_2", {})))
    old: Json = json.loads(json.dumps(filled("swagger_2_0", {})))
    for label, root in (("whole", whole), ("swagger", old)):
        for number, path in enumerate(_places(root)):
            changed = copy.deepcopy(root)
            holder = changed
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = _WRONG[number % len(_WRONG)]
            yield f"wrong-{label}-{number}", changed
    for number, path in enumerate(_places(SMALL_JSON)):
        for other, value in enumerate(_WRONG):
            changed = copy.deepcopy(SMALL_JSON)
            holder = changed
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = value
            yield f"wrong-small-{number}-{other}", changed


def missing() -> Cases:
    """A document that has everything, with one member less."""
    for label in ("openapi_3_2", "swagger_2_0"):
        root: Json = json.loads(json.dumps(filled(label, {})))
        for number, path in enumerate(_places(root)):
            changed = copy.deepcopy(root)
            holder = changed
            for step in path[:-1]:
                holder = holder[step]
            del holder[path[-1]]
            yield f"missing-{label.replace('_', '-')}-{number}", changed


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from _places(inner, (*path, step))
