"""Ways that lead back to where they began."""

from __future__ import annotations

from security.hostile.case import TEXT, Cases, Json, document, files, has, operation, parameter, ref

_APPLICATORS = (
    *("not", "items", "additionalProperties", "if", "then", "contains", "propertyNames", "unevaluatedItems"),
    *("unevaluatedProperties", "contentSchema"),
)
_COMPONENTS = (
    *("parameters", "responses", "requestBodies", "headers", "securitySchemes", "examples", "links", "callbacks"),
    *("pathItems", "mediaTypes"),
)


def loops_of_schemas() -> Cases:
    yield "loop-self", document({"A": ref("A")})
    yield "loop-two", document({"A": ref("B"), "B": ref("A")})
    yield "loop-of-100", document({f"A{n}": ref(f"A{(n + 1) % 100}") for n in range(100)})
    yield "loop-of-5000", document({f"A{n}": ref(f"A{(n + 1) % 5_000}") for n in range(5_000)})
    yield "loop-encoded", document({"A": {"$ref": "#/components/schemas/%41"}})
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield f"loop-{keyword}", document({"A": {keyword: [ref("A")]}})
        yield f"loop-{keyword}-beside", document({"A": has("a") | {keyword: [ref("A"), {"minProperties": 1}]}})
        yield f"loop-{keyword}-two", document({"A": {keyword: [ref("B")]}, "B": {keyword: [ref("A")]}})
        twice = {"A": {keyword: [ref("A"), ref("B")]}, "B": {keyword: [ref("B"), ref("A")]}}
        yield f"loop-{keyword}-crossed", document(twice)
        yield f"loop-{keyword}-and-text", document({"A": {keyword: [ref("A"), TEXT]}})
        other = {"allOf": "anyOf", "anyOf": "oneOf", "oneOf": "allOf"}[keyword]
        yield f"loop-{keyword}-{other}", document({"A": {keyword: [{other: [ref("A"), TEXT]}, TEXT]}})
    for keyword in _APPLICATORS:
        yield f"loop-{keyword}", document({"A": {keyword: ref("A")}})
        yield f"loop-{keyword}-two", document({"A": {keyword: ref("B")}, "B": {"allOf": [ref("A")]}})
    for keyword in ("dependentSchemas", "patternProperties", "$defs"):
        yield f"loop-{keyword}", document({"A": {keyword: {"a": ref("A")}}})
    yield "loop-required", document({"A": has("a", ref("A"), required=["a"])})
    yield (
        "loop-required-two",
        document({"A": has("b", ref("B"), required=["b"]), "B": has("a", ref("A"), required=["a"])}),
    )
    yield "loop-default", document({"A": has("a", {"allOf": [ref("A")], "default": {"a": {"a": {}}}})})
    yield "loop-not-with-any-of", document({"A": {"anyOf": [{"not": ref("A")}, TEXT]}})
    yield "loop-if-then-else", document({"A": {"if": ref("A"), "then": ref("A"), "else": ref("A")}})
    yield "loop-tuple", document({"A": {"type": "array", "prefixItems": [ref("A")], "minItems": 1, "items": False}})
    inner = has("a", {"allOf": [ref("A"), {"required": ["b"]}]})
    yield "loop-all-of-property", document({"A": {"allOf": [inner]}})
    yield "loop-grows", document({"A": has("a", {"allOf": [ref("A"), has("b", ref("A"))]})})
    yield (
        "loop-grows-in-lists",
        document({"A": {"items": {"allOf": [ref("A"), {"items": {"allOf": [ref("A"), {"minItems": 1}]}}]}}}),
    )
    mutual = {"A": {"allOf": [ref("B"), has("a", ref("A"))]}, "B": has("a", {"allOf": [ref("A"), ref("B")]})}
    yield "loop-grows-twice", document(mutual)
    tagged = {"oneOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "k"}}
    yield "loop-discriminator", document({"A": tagged, "B": ref("A")})
    mapped = {"discriminator": {"propertyName": "k", "mapping": {"a": "A", "b": "#/components/schemas/A"}}}
    yield "loop-mapping", document({"A": has("k", required=["k"]) | mapped})
    yield "loop-inherits-itself", document({"A": has("k") | mapped | {"allOf": [ref("B")]}, "B": {"allOf": [ref("A")]}})


def loops_of_names() -> Cases:
    yield "loop-dynamic", document({"A": {"$dynamicAnchor": "n", "$dynamicRef": "#n"}})
    a = {"$id": "https://x.example/a", "$dynamicAnchor": "n", "allOf": [{"$ref": "b"}]}
    b = {"$id": "https://x.example/b", "$dynamicAnchor": "n", "allOf": [{"$dynamicRef": "a#n"}]}
    yield "loop-dynamic-two", document({"A": a, "B": b})
    yield "loop-anchor", document({"A": {"$anchor": "a", "$ref": "#a"}})
    yield "loop-id", document({"A": {"$id": "https://x.example/a", "$ref": "https://x.example/a"}})
    same = {"$id": "https://x.example/same", "$ref": "same"}
    yield "loop-id-twice", document({"A": same, "B": same})
    yield "loop-recursive", document({"A": {"$recursiveAnchor": True, "$recursiveRef": "#"}})
    yield "loop-to-root", document({"A": {"$ref": "#"}})
    through = {"$ref": "#/components/schemas/A/properties/a", "properties": {"a": ref("A")}}
    yield "loop-through-properties", document({"A": through})
    yield "loop-inside-itself", document({"A": {"$ref": "#/components/schemas/A/$ref"}})
    yield "loop-deeper", document({"A": {"properties": {"a": ref("A/properties/a/properties/a")}}})
    yield "loop-through-each-other", document({"A": ref("B/items"), "B": ref("A/items")})
    yield "loop-of-the-root", document() | {"$ref": "#"}
    yield "loop-of-paths-object", document() | {"paths": {"$ref": "#/paths"}}
    yield "loop-of-components", document() | {"components": {"$ref": "#/components"}}
    yield "loop-of-schemas-object", document() | {"components": {"schemas": {"$ref": "#/components/schemas"}}}


def loops_of_components() -> Cases:
    for kind in _COMPONENTS:
        where = f"#/components/{kind}"
        paths = {"/a": {"$ref": f"{where}/A"} if kind == "pathItems" else {"get": _use(kind, f"{where}/A")}}
        two = {"A": {"$ref": f"{where}/B"}, "B": {"$ref": f"{where}/A"}}
        yield f"loop-of-{kind}", document(paths=paths, components={kind: two})
        yield f"loop-of-own-{kind}", document(paths=paths, components={kind: {"A": {"$ref": f"{where}/A"}}})
    yield "loop-of-paths", document(paths={"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}})
    back = operation(callbacks={"c": {"{$url}": {"$ref": "#/paths/~1a"}}})
    yield "loop-callback-in-itself", document(paths={"/a": {"post": back}})
    again = {"{$url}": {"post": operation(callbacks={"d": {"$ref": "#/components/callbacks/C"}})}}
    yield (
        "loop-callback-component",
        document(
            paths={"/a": {"post": operation(callbacks={"c": {"$ref": "#/components/callbacks/C"}})}},
            components={"callbacks": {"C": again}},
        ),
    )
    links = {"operationRef": "#/paths/~1a/get"}
    answers = {"200": {"description": "x", "links": {"l": links}}}
    yield "loop-of-link", document(paths={"/a": {"get": {"responses": answers}}})


def loops_of_files() -> Cases:
    root = document({"A": {"$ref": "b.json#/B"}})
    yield "", files("loop-of-files", openapi__json=root, b__json={"B": {"$ref": "openapi.json#/components/schemas/A"}})
    whole = document({"A": {"$ref": "b.json"}})
    yield "", files("loop-of-whole-files", openapi__json=whole, b__json={"$ref": "c.json"}, c__json={"$ref": "b.json"})
    own = document(paths={"/a": {"$ref": "openapi.json"}, "/b": {"$ref": "openapi.json#/paths/~1b"}})
    yield "", files("loop-of-path-files", openapi__json=own)
    chain = {f"f{n}__json": {"properties": {"a": {"$ref": f"f{n + 1}.json"}}} for n in range(300)}
    first = document({"A": {"$ref": "f0.json"}})
    yield "", files("chain-of-files", openapi__json=first, **chain, f300__json=TEXT)
    bare = {f"f{n}__json": {"$ref": f"f{n + 1}.json"} for n in range(150)}
    yield "", files("chain-of-bare-files", openapi__json=first, **bare, f150__json=TEXT)
    many = {f"s{n}__json": {"type": "string", "minLength": n} for n in range(2_000)}
    uses = document({f"A{n}": {"$ref": f"s{n}.json"} for n in range(2_000)})
    yield "", files("files-2000", openapi__json=uses, **many)
    names = {f"{'d/' * (n % 40)}s{n}__json": TEXT for n in range(80)}
    deep = document({f"A{n}": {"$ref": name.replace("__", ".")} for n, name in enumerate(names)})
    yield "", files("files-in-folders", openapi__json=deep, **names)


def _use(kind: str, target: str) -> Json:
    reference = {"$ref": target}
    described: Json = {"description": "x"}
    match kind:
        case "parameters":
            return operation(parameters=[reference])
        case "responses":
            return {"responses": {"200": reference}}
        case "requestBodies":
            return operation(requestBody=reference)
        case "headers":
            return {"responses": {"200": described | {"headers": {"X": reference}}}}
        case "examples":
            return operation(parameters=[parameter("q", examples={"e": reference})])
        case "links":
            return {"responses": {"200": described | {"links": {"l": reference}}}}
        case "callbacks":
            return operation(callbacks={"c": reference})
        case "mediaTypes":
            return {"responses": {"200": described | {"content": {"application/json": reference}}}}
        case "securitySchemes":
            return operation(security=[{"A": []}])
        case _:
            return operation()
