"""Too much of one thing inside the other, and long ways from one thing to the next."""

from __future__ import annotations

from security.hostile.case import (
    LEAF,
    SHAPE,
    TEXT,
    Cases,
    chain,
    document,
    get,
    has,
    media,
    nested,
    operation,
    parameter,
    ref,
)

_APPLICATORS = (
    *("items", "not", "additionalProperties", "if", "contains", "propertyNames", "unevaluatedProperties"),
    *("unevaluatedItems", "then", "else", "contentSchema", "additionalItems"),
)


def depth() -> Cases:
    choice = {"anyOf": [TEXT, {"type": "integer"}]}
    for keyword in ("allOf", "oneOf", "anyOf"):
        yield f"deep-{keyword}-80", document({"A": nested(80, lambda inner, key=keyword: {key: [inner, SHAPE]})})
        yield f"deep-{keyword}-40-twice", document({"A": nested(40, lambda inner, key=keyword: {key: [inner, choice]})})
        yield f"deep-{keyword}-alone", document({"A": nested(90, lambda inner, key=keyword: {key: [inner]})})
    for keyword in _APPLICATORS:
        yield f"deep-{keyword}-150", document({"A": nested(150, lambda inner, key=keyword: {key: inner})})
    yield "deep-properties-80", document({"A": nested(80, lambda inner: has("p", inner))})
    yield (
        "deep-lists-of-properties",
        document({"A": nested(45, lambda inner: {"type": "array", "items": has("p", inner)})}),
    )
    yield "deep-not-in-not", document({"A": nested(90, lambda inner: {"not": {"allOf": [inner]}})})
    both = nested(60, lambda inner: {"if": inner, "then": {"minLength": 1}, "else": {"maxLength": 9}})
    yield "deep-if-then-else", document({"A": both})
    tuples = nested(80, lambda inner: {"type": "array", "prefixItems": [inner]})
    yield "deep-prefix-items", document({"A": tuples})
    definitions = nested(60, lambda inner: {"$defs": {"D": inner}, "type": "object"})
    yield "deep-definitions", document({"A": definitions})
    back = nested(20, lambda inner: operation(callbacks={"c": {"{$url}": {"post": inner}}}), operation())
    yield "deep-callbacks", document(paths={"/a": {"post": back}})
    yield "deep-default", document({"A": has("a", {"default": nested(150, lambda inner: [inner], 1)})})
    yield (
        "deep-default-of-type",
        document({"A": has("a", {"type": "array", "default": nested(150, lambda inner: [inner], 1)})}),
    )
    yield "deep-const", document({"A": {"const": nested(150, lambda inner: {"a": inner}, 1)}})
    yield "deep-enum", document({"A": {"enum": [nested(150, lambda inner: {"a": inner}, 1)]}})
    yield "deep-example", document({"A": {"examples": [nested(150, lambda inner: {"a": inner}, 1)]}})
    yield "deep-extension", document(**{"x-deep": nested(190, lambda inner: [inner], 1)})
    yield "deep-parameter", get(parameters=[parameter("q", schema=nested(60, lambda inner: {"items": inner}))])
    encoding = nested(30, lambda inner: {"encoding": {"a": {"headers": {"X": {"schema": LEAF}}}}, **inner}, {})
    yield (
        "deep-encoding",
        get(requestBody={"content": media(LEAF, "multipart/form-data") | {"multipart/mixed": encoding}}),
    )


def chains() -> Cases:
    yield "reference-chain-90", document(chain(90, lambda n, following: following, has("x")))
    yield "reference-chain-5000", document(chain(5_000, lambda n, following: following, TEXT))
    yield "reference-chain-of-parameters", _chain_of_parameters(150)
    for length in (100, 300, 1_000):
        yield (
            f"all-of-chain-{length}",
            document(chain(length, lambda n, following: {"allOf": [following, has([f"p{n}"])]}, {"type": "object"})),
        )
    one_more = {"type": "object"}
    yield (
        "any-of-chain-300",
        document(chain(300, lambda n, following: {"anyOf": [following, has([f"p{n}"], required=[f"p{n}"])]}, TEXT)),
    )
    yield "one-of-chain-300", document(chain(300, lambda n, following: {"oneOf": [following, {"const": n}]}, TEXT))
    yield "property-chain-2000", document(chain(2_000, lambda n, following: has("next", following)))
    yield "required-chain-500", document(chain(500, lambda n, following: has("next", following, required=["next"])))
    yield "list-chain-2000", document(chain(2_000, lambda n, following: {"type": "array", "items": following}))
    yield "list-chain-300", document(chain(300, lambda n, following: {"type": "array", "items": following}))
    yield "map-chain-500", document(chain(500, lambda n, following: one_more | {"additionalProperties": following}))
    yield (
        "tuple-chain-300",
        document(chain(300, lambda n, following: {"type": "array", "prefixItems": [following], "minItems": 1})),
    )
    yield (
        "union-chain-500",
        document(chain(500, lambda n, following: {"anyOf": [{"type": "array", "items": following}, TEXT]})),
    )
    yield "not-chain-300", document(chain(300, lambda n, following: {"not": following}))
    yield "if-chain-300", document(chain(300, lambda n, following: {"if": following, "then": {"minProperties": n}}))
    yield "dependent-chain-300", document(chain(300, lambda n, following: {"dependentSchemas": {"a": following}}))
    yield (
        "dynamic-chain-200",
        document(
            chain(200, lambda n, following: {"$dynamicAnchor": f"n{n}", "allOf": [following]}, {"$dynamicRef": "#n0"})
        ),
    )
    through = {f"A{n}": {"properties": {"x": ref(f"A{n + 1}/properties/x")}} for n in range(60)}
    yield "pointer-through-references", document(through | {"A60": has("x")})
    yield "pointer-1000-long", document({"A": {"$ref": "#/components/schemas/A" + "/properties/a" * 1_000}})
    inside = {"A": nested(60, lambda inner: has("p", inner)), "B": ref("A" + "/properties/p" * 60)}
    yield "pointer-into-the-deep", document(inside)


def _chain_of_parameters(length: int) -> object:
    links = {f"P{n}": {"$ref": f"#/components/parameters/P{n + 1}"} for n in range(length)}
    parameters = links | {f"P{length}": parameter("q")}
    paths = {"/a": {"get": operation(parameters=[{"$ref": "#/components/parameters/P0"}])}}
    return document(paths=paths, components={"parameters": parameters})
