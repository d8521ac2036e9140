"""Names of ten thousand characters, and of a million."""

from __future__ import annotations

from security.hostile.case import (
    SHAPE,
    TEXT,
    Cases,
    Json,
    answer,
    document,
    get,
    has,
    media,
    operation,
    parameter,
    post,
    ref,
)

_PLACES = (
    *("schema", "property", "path", "slot", "operation", "tag", "header", "cookie", "parameter", "scheme", "enum"),
    *("media", "server", "status", "discriminator", "variable", "title", "mapping", "definition", "response header"),
    *("method", "part", "webhook", "callback", "scope", "reference", "anchor", "hint", "format", "pattern"),
    "default",
)


def long_names() -> Cases:
    for place in _PLACES:
        yield f"name-10000-{place.replace(' ', '-')}", _named(place, "n" * 10_000)
    for label, name in (("words", "Name" * 2_500), ("symbols", "$" * 10_000), ("foreign", "名" * 10_000)):
        for place in ("schema", "property", "operation", "tag", "enum", "path"):
            yield f"name-10000-{label}-{place}", _named(place, name)
    for place in ("property", "schema", "path", "tag", "operation", "enum"):
        yield f"name-1000000-{place}", _named(place, "n" * 1_000_000)
    inner = has(["m" * 10_000], has(["k" * 10_000]))
    yield "names-50-of-10000", document({f"{n}" + "n" * 10_000: inner for n in range(50)})
    alike = {f"/{'p' * 10_000}{n}": {"get": operation(operationId="o" * 10_000 + str(n))} for n in range(50)}
    yield "operations-50-of-10000", document(paths=alike)


def _named(place: str, name: str) -> Json:
    return _in_schemas(place, name) or _in_operations(place, name) or _elsewhere(place, name)


def _in_schemas(place: str, name: str) -> Json | None:
    match place:
        case "schema":
            return document({name: SHAPE})
        case "property":
            return document({"A": has([name], has("b"))})
        case "enum":
            return document({"A": {"type": "string", "enum": [name, "b"]}})
        case "hint":
            return document({"A": {"type": "integer", "enum": [1, 2], "x-enum-varnames": [name, "b"]}})
        case "discriminator":
            return document({"A": {"oneOf": [ref("B")], "discriminator": {"propertyName": name}}, "B": SHAPE})
        case "mapping":
            tagged = {"oneOf": [ref("B")], "discriminator": {"propertyName": "a", "mapping": {name: "B"}}}
            return document({"A": tagged, "B": SHAPE | {"required": ["a"]}})
        case "definition":
            return document({"A": {"$defs": {name: SHAPE}, "$ref": f"#/components/schemas/A/$defs/{name}"}})
        case "title":
            return document({"A": has("a", SHAPE | {"title": name})})
        case "reference":
            return document({"A": ref(name)})
        case "anchor":
            return document({"A": SHAPE | {"$anchor": name}, "B": {"$ref": f"#{name}"}})
        case "format" | "pattern" | "default":
            return document({"A": has("a", TEXT | {place: name})})
        case _:
            return None


def _in_operations(place: str, name: str) -> Json | None:
    match place:
        case "path":
            return document(paths={f"/{name}": {"get": operation()}})
        case "slot":
            slot = parameter(name, "path")
            return document(paths={f"/{{{name}}}": {"get": operation(parameters=[slot])}})
        case "operation":
            return get(operationId=name)
        case "tag":
            return get(tags=[name])
        case "header" | "cookie":
            return get(parameters=[parameter(name, place)])
        case "parameter":
            return get(parameters=[parameter(name, schema=SHAPE)])
        case "media":
            return post(media(TEXT, f"text/{name}"))
        case "part":
            return post(media(has([name]), "multipart/form-data"))
        case "status":
            return document(paths={"/a": {"get": {"responses": {name: {"description": "x"}}}}})
        case "response header":
            return answer(headers={name: {"schema": TEXT}})
        case "method":
            return document(paths={"/a": {"additionalOperations": {name: operation()}}}) | {"openapi": "3.2.0"}
        case "callback":
            return get(callbacks={name: {name: {"post": operation()}}})
        case _:
            return None


def _elsewhere(place: str, name: str) -> Json:
    match place:
        case "scheme":
            schemes = {name: {"type": "apiKey", "in": "header", "name": name}}
            return document(components={"securitySchemes": schemes}, security=[{name: []}])
        case "scope":
            flows = {"implicit": {"authorizationUrl": "https://a.example", "scopes": {name: name}}}
            schemes = {"o": {"type": "oauth2", "flows": flows}}
            return document(components={"securitySchemes": schemes}, security=[{"o": [name]}])
        case "server":
            return document(servers=[{"url": f"https://{name}.example"}])
        case "webhook":
            return document(webhooks={name: {"post": operation()}})
        case _:
            return document(servers=[{"url": f"https://{{{name}}}.example", "variables": {name: {"default": name}}}])
