"""A few schemas that stand for very many: shared parts that multiply, and products of unions."""

from __future__ import annotations

from security.hostile.case import LEAF, TEXT, Cases, chain, document, get, has, media, operation, parameter, post, ref

_PARTS = ("allOf", "anyOf", "oneOf")


def laughs() -> Cases:
    for keyword in _PARTS:
        yield f"laughs-{keyword}", document(chain(40, lambda n, following, key=keyword: {key: [following, following]}))
        yield f"laughs-{keyword}-10", document(chain(12, lambda n, following, key=keyword: {key: [following] * 10}))
        apart = chain(
            25,
            lambda n, following, key=keyword: {
                key: [{"allOf": [following, {"required": [f"{side}{n}"]}]} for side in "lr"]
            },
        )
        yield f"laughs-{keyword}-told-apart", document(apart)
        described = chain(
            25, lambda n, following, key=keyword: {key: [following | {"description": side} for side in "lr"]}
        )
        yield f"laughs-{keyword}-described", document(described)
    for keyword in ("not", "if", "contains", "propertyNames", "unevaluatedProperties", "items", "additionalProperties"):
        twice = chain(
            30, lambda n, following, key=keyword: {"allOf": [{key: following}, {"anyOf": [{key: following}, True]}]}
        )
        yield f"laughs-{keyword}", document(twice)
    yield "laughs-properties", document(chain(40, lambda n, following: has("ab", following, required=["a", "b"])))
    yield (
        "laughs-lists-containing",
        document(chain(40, lambda n, following: {"type": "array", "items": following, "contains": following})),
    )
    yield (
        "laughs-tuples",
        document(
            chain(
                20,
                lambda n, following: {"type": "array", "prefixItems": [following] * 4, "items": False, "minItems": 4},
            )
        ),
    )
    yield (
        "laughs-lists",
        document(
            chain(
                30, lambda n, following: {"items": {"oneOf": [following, {"type": "array", "items": following}]}}, TEXT
            )
        ),
    )
    yield (
        "laughs-extra",
        document(
            chain(
                30,
                lambda n, following: {
                    "type": "object",
                    "additionalProperties": {"anyOf": [following, {"type": "array", "items": following}]},
                },
                TEXT,
            )
        ),
    )
    yield "laughs-defaults", document(chain(25, lambda n, following: has("ab", {"allOf": [following], "default": {}})))
    yield (
        "laughs-dependent",
        document(chain(25, lambda n, following: {"dependentSchemas": {"a": following, "b": following}})),
    )
    yield (
        "laughs-merged",
        document(chain(18, lambda n, following: {"allOf": [has("a", following), has("a", following)]})),
    )
    yield "laughs-directions", document(
        chain(25, lambda n, following: has("ab", following) | {"properties": {
            "a": {"readOnly": True, "allOf": [following]}, "b": {"writeOnly": True, "allOf": [following]}}})
    )  # fmt: skip


def laughs_on_the_wire() -> Cases:
    tree = chain(30, lambda n, following: has("ab", following))
    deep = parameter("q", style="deepObject", explode=True, schema=ref("A0"))
    yield "laughs-parameters", get(tree, parameters=[deep])
    for style in ("form", "spaceDelimited", "pipeDelimited"):
        yield f"laughs-parameters-{style}", get(tree, parameters=[parameter("q", style=style, schema=ref("A0"))])
    yield "laughs-header", get(tree, parameters=[parameter("X", "header", schema=ref("A0"))])
    forms = media(ref("A0"), "multipart/form-data") | media(ref("A0"), "application/x-www-form-urlencoded")
    yield "laughs-form", post(forms, tree)
    yield "laughs-xml", post(media(ref("A0"), "application/xml"), tree)
    yield "laughs-events", post({"text/event-stream": {"itemSchema": ref("A0")}}, tree) | {"openapi": "3.2.0"}
    content = {"responses": {"200": {"description": "x", "content": media(ref("A0"))}}}
    yield "laughs-responses", document(tree, {"/a": {"get": content}})
    flat = chain(25, lambda n, following: {"allOf": [following, has([f"p{n}"])], "anyOf": [following, following]})
    yield "laughs-flat-form", post(media(ref("A0"), "application/x-www-form-urlencoded"), flat)
    every = {f"/a{n}": {"get": operation() | content} for n in range(500)}
    yield "laughs-500-operations", document(tree, every)


def products() -> Cases:
    either = [{"anyOf": [{"required": [f"a{n}"]}, {"required": [f"b{n}"]}]} for n in range(20)]
    yield "product-of-unions-20", document({"A": {"allOf": either}})
    sides = [{"oneOf": [has([f"{s}{n}"], required=[f"{s}{n}"]) for s in "ab"]} for n in range(20)]
    yield "product-of-unions-of-records", document({"A": {"allOf": sides}})
    yield (
        "product-of-unions-of-references",
        document(
            {
                "A": {"allOf": [{"oneOf": [ref("L"), ref("R")]}] * 30},
                "L": has("l", required=["l"]),
                "R": has("r", required=["r"]),
            }
        ),
    )
    thirds = [{"oneOf": [{"const": 3 * n + k} for k in range(3)]} for n in range(15)]
    yield "product-of-consts", document({"A": {"allOf": thirds}})
    types = {"type": ["string", "integer", "object", "array", "null"]}
    yield "product-of-types", document({"A": {"allOf": [types] * 1_000}})
    yield "product-of-enums", document({"A": {"allOf": [{"enum": [*range(n, n + 500)]} for n in range(300)]}})
    matching = {f"^p{n}": {"type": "string", "pattern": f"{n}"} for n in range(500)}
    yield "product-of-patterns", document({"A": has((f"p{n}" for n in range(500)), patternProperties=matching)})
    unions = {"anyOf": [{"type": "array", "items": {"const": n}} for n in range(60)]}
    yield "product-of-lists", document({"A": {"allOf": [unions, unions, unions]}})
    wide = {"oneOf": [has([f"k{n}"], required=[f"k{n}"]) for n in range(200)]}
    yield "product-of-two-wide-unions", document({"A": {"allOf": [wide, {"oneOf": wide["oneOf"][::-1]}]}})
    yield (
        "union-of-unions",
        document(
            {f"U{n}": {"oneOf": [ref(f"U{n + 1}"), ref(f"U{n + 2}")]} for n in range(40)} | {"U40": TEXT, "U41": LEAF}
        ),
    )
    deep = {
        f"A{n}": {"oneOf": [{"allOf": [ref(f"A{n + 1}"), wide["oneOf"][n]]}, wide["oneOf"][n + 1]]} for n in range(60)
    }
    yield "union-of-all-of", document(deep | {"A60": LEAF})
