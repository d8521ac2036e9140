"""Too much of one thing."""

from __future__ import annotations

from security.hostile.case import SHAPE, TEXT, Cases, answer, document, get, has, media, operation, parameter, post, ref

_WORDS = [f"value {n}" for n in range(100_000)]


def enums() -> Cases:
    for number in (5_000, 20_000, 100_000):
        yield f"enum-{number}", document({"A": {"type": "string", "enum": _WORDS[:number]}})
    yield "enum-100000-integers", document({"A": {"type": "integer", "enum": list(range(100_000))}})
    yield "enum-20000-objects", document({"A": {"enum": [{"a": n} for n in range(20_000)]}})
    yield "enum-9000-objects", document({"A": {"enum": [{"a": n} for n in range(9_000)]}})
    yield "enum-9000-numbers", document({"A": {"enum": [n / 7 for n in range(9_000)]}})
    yield "enum-5000-alike", document({"A": {"type": "string", "enum": [" " * n for n in range(5_000)]}})
    yield "enum-5000-cases", document({"A": {"type": "string", "enum": cases("abcdefghijklm", 5_000)}})
    yield "enum-5000-symbols", document({"A": {"type": "string", "enum": ["$" * n for n in range(1, 1_500)]}})
    yield "enum-same-100000", document({"A": {"type": "string", "enum": ["same"] * 100_000}})
    yield "enum-in-parameter", get(parameters=[parameter("q", schema={"enum": _WORDS[:20_000]})])
    yield "enum-in-property", document({"A": has("a", {"enum": _WORDS[:20_000]})})
    yield "enum-in-items", document({"A": {"type": "array", "items": {"enum": _WORDS[:9_999]}}})
    yield "enum-in-header", answer(headers={"X": {"schema": {"enum": _WORDS[:9_000]}}})
    used = {f"B{n}": {"allOf": [ref("A"), {"minLength": n % 9}]} for n in range(300)}
    yield "enum-used-300-times", document({"A": {"type": "string", "enum": _WORDS[:2_000]}} | used)
    yield "enums-1000-of-1000", document({f"A{n}": {"enum": _WORDS[n : n + 500]} for n in range(1_000)})
    yield "enum-of-long-values", document({"A": {"enum": [f"{n}" + "v" * 10_000 for n in range(200)]}})
    yield "enum-names-100000", document({"A": {"type": "integer", "enum": [1, 2], "x-enum-varnames": _WORDS}})
    yield "const-object", document({"A": {"const": {f"k{n}": [n] * 5 for n in range(20_000)}}})


def properties() -> Cases:
    yield "properties-20000", document({"A": has(f"p{n}" for n in range(20_000))})
    yield "properties-5000-inline", document({"A": has((f"p{n}" for n in range(5_000)), has("x"))})
    yield "properties-alike", document({"A": has("-" * n + "a" for n in range(3_000))})
    yield "properties-required-20000", document({"A": has(_WORDS[:20_000], required=_WORDS[:20_000])})
    yield "required-100000", document({"A": {"type": "object", "required": _WORDS}})
    yield "required-same", document({"A": {"type": "object", "required": ["a"] * 100_000}})
    yield "pattern-properties-5000", document({"A": {"patternProperties": {f"^p{n}": TEXT for n in range(5_000)}}})
    yield "definitions-5000", document({"A": {"$defs": {f"D{n}": SHAPE for n in range(5_000)}, "$ref": "#/$defs/D1"}})
    references = {f"p{n}": {"$ref": f"#/components/schemas/A/$defs/D{n}"} for n in range(3_000)}
    yield (
        "definitions-used",
        document({"A": {"$defs": {f"D{n}": SHAPE for n in range(3_000)}, "type": "object", "properties": references}}),
    )
    yield "types-20000", document({"A": {"type": ["string"] * 20_000}})
    yield (
        "dependent-required-300",
        document({"A": has(_WORDS[:300], dependentRequired=dict.fromkeys(_WORDS[:300], _WORDS[:300]))}),
    )


def schemas() -> Cases:
    numbered = range(5_000)
    yield "schemas-5000", document({f"A{n}": has("x", ref(f"A{n * 7 % 5_000}")) for n in numbered})
    yield "schemas-10000-empty", document({f"A{n}": {} for n in range(10_000)})
    yield "schemas-10000-enums", document({f"A{n}": {"enum": ["a", "b"]} for n in range(10_000)})
    yield "schemas-30000-unused", document({f"A{n}": SHAPE for n in range(30_000)})
    yield "schemas-alike", document({"_" * n + "a": has("x") for n in range(1_000)})
    yield "schemas-of-cases", document(dict.fromkeys(cases("abcdefghijkl", 3_000), SHAPE))
    yield "examples-100000", document({"A": {"type": "string", "examples": _WORDS}})
    yield "default-1mb", document({"A": has("a", {"type": "string", "default": "é" * 1_000_000})})
    whole = {"type": "object", "default": {f"k{n}": [n] * 5 for n in range(20_000)}}
    yield "default-object", document({"A": has("a", whole)})
    yield "extensions-50000", document(**{f"x-{n}": {"a": n} for n in range(50_000)})
    mapping = {f"m{n}": "#/components/schemas/B" for n in range(5_000)}
    union = {"oneOf": [ref("B")], "discriminator": {"propertyName": "k", "mapping": mapping}}
    yield "mapping-5000", document({"A": union, "B": has("k", required=["k"])})


def operations() -> Cases:
    yield "operations-3000", document(paths={f"/a{n}": {"get": operation(operationId=f"op{n}")} for n in range(3_000)})
    one_tag = {f"/a{n}": {"get": operation(tags=["one"])} for n in range(5_000)}
    yield "operations-5000-in-one-tag", document(paths=one_tag)
    typed = {f"/a{n}": {"get": operation(tags=["t"], parameters=[parameter("q")])} for n in range(2_000)}
    yield "operations-2000-with-parameters", document(paths=typed)
    tagged = {f"/a{n}": {"get": operation(tags=[f"tag {n}"])} for n in range(2_000)}
    yield "operations-2000-tags", document(paths=tagged)
    yield "operation-of-20000-tags", get(tags=[f"t{n}" for n in range(20_000)])
    yield "tags-20000", document(tags=[{"name": f"t{n}"} for n in range(20_000)])
    yield "tags-same", document(tags=[{"name": "t"}] * 20_000)
    parents = [{"name": f"t{n}", "parent": f"t{n + 1}"} for n in range(5_000)]
    yield "tags-in-tags", document(tags=parents, paths={"/a": {"get": operation(tags=["t0"])}}) | {"openapi": "3.2.0"}
    looping = [{"name": "a", "parent": "b"}, {"name": "b", "parent": "a"}]
    yield "tags-in-circles", document(tags=looping, paths={"/a": {"get": operation(tags=["a"])}}) | {"openapi": "3.2.0"}
    yield "parameters-5000", get(parameters=[parameter(f"q{n}") for n in range(5_000)])
    yield "parameters-same", get(parameters=[parameter("q")] * 5_000)
    yield "parameters-alike", get(parameters=[parameter("-" * n + "q") for n in range(1_000)])
    yield "headers-3000", answer(headers={f"X-{n}": {"schema": TEXT} for n in range(3_000)})
    codes = {str(n): {"description": "x", "content": media(has("a"))} for n in range(100, 600)}
    yield "responses-500", document(paths={"/a": {"get": {"responses": codes}}})
    yield "media-types-2000", post({f"application/x{n}+json": {"schema": has("a")} for n in range(2_000)})
    yield "slots-2000", document(paths={"/" + "/".join(f"{{p{n}}}" for n in range(2_000)): {"get": operation()}})
    yield "slots-unseparated", document(paths={"/" + "".join(f"{{p{n}}}" for n in range(500)): {"get": operation()}})
    methods = {f"M{n}": operation() for n in range(2_000)}
    yield "additional-operations-2000", document(paths={"/a": {"additionalOperations": methods}}) | {"openapi": "3.2.0"}
    yield "webhooks-3000", document(webhooks={f"w{n}": {"post": operation()} for n in range(3_000)})
    back = {f"c{n}": {"{$url}": {"post": operation()}} for n in range(2_000)}
    yield "callbacks-2000", get(callbacks=back)
    links = {f"l{n}": {"operationId": "x"} for n in range(5_000)}
    yield "links-5000", answer(links=links)


def security() -> Cases:
    yield "servers-10000", document(servers=[{"url": f"https://s{n}.example"} for n in range(10_000)])
    values = {"v": {"default": "v0", "enum": [f"v{n}" for n in range(20_000)]}}
    yield "server-of-20000-values", document(servers=[{"url": "https://{v}.example", "variables": values}])
    keys = {f"k{n}": {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n in range(5_000)}
    yield "security-5000", document(components={"securitySchemes": keys}, security=[{key: []} for key in keys])
    yield "security-all-of-5000", document(components={"securitySchemes": keys}, security=[{key: [] for key in keys}])
    some = dict(list(keys.items())[:300])
    paths = {f"/a{n}": {"get": operation()} for n in range(500)}
    every = [{key: []} for key in some]
    yield "security-everywhere", document(paths=paths, components={"securitySchemes": some}, security=every)
    scopes = {f"s{n}": "d" for n in range(20_000)}
    flow = {"implicit": {"authorizationUrl": "https://a.example", "scopes": scopes}}
    scheme = {"securitySchemes": {"o": {"type": "oauth2", "flows": flow}}}
    yield "scopes-20000", document(components=scheme, security=[{"o": list(scopes)}])


def prose() -> Cases:
    texts = {
        "2mb": "word " * 400_000,
        "2mb-one-word": "w" * 2_000_000,
        "2mb-foreign": "名" * 700_000,
        "lines": "\n" * 1_000_000,
        "carriage-returns": "\r" * 1_000_000,
        "quotes": '"' * 1_000_000,
        "backslashes": "\\" * 1_000_000,
        "lists": "- item\n" * 200_000,
        "fences": "```\n" * 200_000,
        "tables": "|" * 500_000 + "\n|",
        "spaces": " " * 1_000_000 + "x",
        "tabs": "\t" * 1_000_000 + "x",
        "indents": "\n".join(" " * n + "x" for n in range(1_500)),
        "controls": "\0\x1b\x85\u2028" * 200_000,
        "brackets": "[" * 500_000,
        "stars": "*" * 500_000,
        "html": "<b>" * 300_000,
    }
    for name, text in texts.items():
        yield f"description-{name}", document({"A": {"type": "object", "description": text}})
    much = "word " * 10_000
    yield (
        "description-everywhere",
        document(paths={f"/a{n}": {"get": operation(description=much, summary=much)} for n in range(40)}),
    )
    yield "title-2mb", document() | {"info": {"title": "t" * 2_000_000, "version": "1", "description": "d" * 2_000_000}}
    yield "summary-of-lines", get(summary="line\n" * 100_000)
    yield "description-of-parameter", get(parameters=[parameter("q", description=much * 20)])


def cases(letters: str, number: int) -> list[str]:
    """Return words that differ in the case of their letters only."""
    return [
        "".join(char.upper() if n >> place & 1 else char for place, char in enumerate(letters)) for n in range(number)
    ]
