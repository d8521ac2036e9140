"""Addresses, media types, headers, statuses, methods, schemes and discriminators as nobody should write them."""

from __future__ import annotations

from security.hostile.case import SHAPE, TEXT, Cases, answer, document, get, has, media, operation, parameter, post, ref

_SPLIT = "\r\nX-Injected: yes"
_SERVERS = (
    *("", "/", "//", "http://", "https://[", "javascript:alert(1)", "file:///etc", "{", "{}", "{a}"),
    "https://{a}/{a}",
    *("https://x" + _SPLIT, "https://x/#a?b", "https://u:p@x", "\0", "..", "https://é", "https://x:99999"),
    "//127.0.0.1:9/x",
    *("http://127.0.0.1:9/", "http://169.254.169.254/", "unix:/x", "https://x/{a", "https://x/}a{", "x y"),
    "https://x?a={b}",
)  # fmt: skip
_MEDIA_TYPES = (
    *("", " ", "/", "a", "a/", "/b", "a/b/c", "*/*", "text/*", "*", "application/json; charset=utf-8"),
    *('a/b; c="\n"', "a/b\r\nX: y"),
    *("é/ü", "application/json;", "APPLICATION/JSON", "application/json, text/plain", "multipart/form-data"),
    "text/html",
    *("application/x-www-form-urlencoded", "multipart/*", "application/*+json", "a/b;c=d;c=e", "text/event-stream"),
    "\0/\0",
    *("application/xml", "application/octet-stream", "application/jsonl", "text/plain; charset=utf-7"),
    "text/plain;charset=evil",
    *("application/json; charset=rot13", "image/svg+xml", "multipart/form-data; boundary=x"),
    "a" * 300 + "/" + "b" * 300,
)  # fmt: skip
_HEADERS = (
    *("Content-Type", "Accept", "Authorization", "Host", "X" + _SPLIT, "X:", "é", "Content-Length", "Cookie"),
    *("Set-Cookie", ""),
    *("Transfer-Encoding", "Connection", "Upgrade", "X\0", "X Y", "(x)", "\ud800", "content-type", "CONTENT-TYPE"),
    "__proto__",
)  # fmt: skip
_STATUSES = (
    *("200", "2XX", "2xx", "default", "0", "99", "600", "1000", "-1", "20", "2000", "XXX", "x-a", "200 ", "", "2X0"),
    *("²00", "٢٠٠"),
    *("1XX", "100", "101", "204", "205", "304", "6XX", "0XX", "+200", "0x200", "2_00", "200.0", "2e2", "200-299"),
    *("4xX", "DEFAULT"),
)  # fmt: skip
_METHODS = (
    *("get", "GET", "Get", "connect", "query", "link", "\r\n", "", "trace", "x-get", "$ref ", "options", "head"),
    "GET / HTTP/1.1",
    *("additionalOperations", "servers", "summary", "purge", "__init__", "get\0", "import os", "É"),
)  # fmt: skip


def addresses() -> Cases:
    yield "servers", document(servers=[{"url": url} for url in _SERVERS])
    for number, url in enumerate(_SERVERS):
        variables = {"a": {"default": url}, "b": {"default": url, "enum": [url, "x"]}, "c": {}, "d": {"enum": []}}
        one = {"url": url, "variables": variables}
        content = {"/a": {"get": operation(servers=[one]), "servers": [one]}}
        yield f"server-{number}", document(paths=content, servers=[one])
    looping = {"a": {"default": "{b}"}, "b": {"default": "{a}"}}
    yield "server-variables-in-circles", document(servers=[{"url": "https://{a}.example", "variables": looping}])
    growing = {f"v{n}": {"default": f"{{v{n + 1}}}{{v{n + 1}}}"} for n in range(40)}
    yield "server-variables-laugh", document(servers=[{"url": "https://{v0}", "variables": growing}])


def media_types() -> Cases:
    yield "media-types", post({name: {"schema": TEXT} for name in _MEDIA_TYPES})
    for number, name in enumerate(_MEDIA_TYPES):
        for label, schema in (
            ("text", TEXT),
            ("shape", SHAPE),
            ("list", {"type": "array", "items": SHAPE}),
            ("any", {}),
        ):
            both = post({name: {"schema": schema}})
            both["paths"]["/a"]["post"]["responses"]["200"]["content"] = {name: {"schema": schema}}
            yield f"media-type-{label}-{number}", both
    for number, (field, value) in enumerate(
        (field, value)
        for field in ("contentType", "headers", "style", "explode", "allowReserved", "encoding")
        for value in ("x" + _SPLIT, "", None, [], {"X" + _SPLIT: {"schema": TEXT}}, {"X": None}, 1, "a/b, c/d, */*")
    ):
        form = {"schema": has("ab"), "encoding": {"a": {field: value}, "missing": {field: value}}}
        yield f"encoding-{number}", post({"multipart/form-data": form, "application/x-www-form-urlencoded": form})
    odd = {"schema": {"oneOf": [TEXT, SHAPE]}}
    yield "forms-of-anything", post(dict.fromkeys(("multipart/form-data", "application/x-www-form-urlencoded"), odd))
    for number, schema in enumerate(
        (TEXT, True, False, {}, {"type": "array", "items": TEXT}, {"type": "null"}, ref("A"))
    ):
        yield (
            f"form-of-{number}",
            post(
                media(schema, "multipart/form-data") | media(schema, "application/x-www-form-urlencoded"), {"A": SHAPE}
            ),
        )


def headers() -> Cases:
    yield "headers", get(parameters=[parameter(name, "header") for name in _HEADERS])
    yield "answer-headers", answer(headers={name: {"schema": TEXT} for name in _HEADERS})
    yield "cookies", get(parameters=[parameter(name, "cookie") for name in (*_HEADERS, "a;b", "a=b", 'a"b')])
    for number, name in enumerate(_HEADERS):
        yield f"header-{number}", get(parameters=[parameter(name, "header", schema=SHAPE), parameter(name, "cookie")])
        keys = {
            "k": {"type": "apiKey", "in": "header", "name": name},
            "c": {"type": "apiKey", "in": "cookie", "name": name},
        }
        yield f"key-{number}", document(components={"securitySchemes": keys}, security=[{"k": [], "c": []}])
    split = parameter("X", "header", schema=TEXT | {"default": "x" + _SPLIT, "enum": ["x" + _SPLIT, "y"]})
    yield "header-default-split", get(parameters=[split])


def statuses_and_methods() -> Cases:
    yield (
        "statuses",
        document(paths={"/a": {"get": {"responses": {status: {"description": "x"} for status in _STATUSES}}}}),
    )
    for number, status in enumerate(_STATUSES):
        one = {status: {"description": "x", "content": media(SHAPE), "headers": {"X": {"schema": TEXT}}}}
        yield f"status-alone-{number}", document(paths={"/a": {"get": {"responses": one}}})
    yield "methods", document(paths={"/a": {method: operation() for method in _METHODS}})
    for number, method in enumerate(_METHODS):
        extra = {"/a": {method: operation(), "additionalOperations": {method: operation()}}}
        yield f"method-{number}", document(paths=extra) | {"openapi": "3.2.0"}
        yield f"method-of-3.0-{number}", document(paths=extra) | {"openapi": "3.0.3"}


def schemes() -> Cases:
    scopes = {"a" + _SPLIT: ""}
    kinds = {
        "a": {}, "b": {"type": "other"}, "c": {"type": "apiKey"},
        "d": {"type": "apiKey", "in": "body", "name": _SPLIT},
        "e": {"type": "http"}, "f": {"type": "http", "scheme": "x" + _SPLIT}, "g": {"type": "oauth2"},
        "h": {"type": "oauth2", "flows": {"x": {}}},
        "i": {"type": "openIdConnect", "openIdConnectUrl": "file:///etc/passwd"}, "j": None, "k": [],
        "l": {"type": "apiKey", "in": "header", "name": "é"},
        "m": {"type": "mutualTLS"}, "n": {"type": "apiKey", "in": "header", "name": "Host"},
        "o": {"type": "http", "scheme": "digest"},
        "p": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "http://127.0.0.1:9/", "scopes": scopes}}},
        "q": {"type": "openIdConnect", "openIdConnectUrl": "http://127.0.0.1:9/"},
        "r": {"type": "oauth2", "flows": None}, "s": {"type": 1},
        "t": {"type": "oauth2", "flows": {"implicit": {"scopes": []}}}, "u": {"type": "http", "scheme": None},
        "v": {"$ref": "#/components"},
    }  # fmt: skip
    components = {"securitySchemes": kinds}
    paths = {"/a": {"get": operation()}}
    yield (
        "security-schemes",
        document(paths=paths, components=components, security=[{name: []} for name in "abcdefghijklmnopqrstuvwxyz"]),
    )
    for name in kinds:
        yield f"security-scheme-{name}", document(paths=paths, components=components, security=[{name: ["s"]}])
    for number, demand in enumerate(
        (None, "a", [None], ["a"], [{"a": None}], [{"a": "x"}], [{"a": [1]}], {"a": []}, [[]], [{}], [{"": []}])
    ):
        yield f"security-{number}", document(paths=paths, components=components, security=demand)


def discriminators() -> Cases:
    c = has("k", {"type": "integer"})
    lost = {"a": "Nothing", "b": "#/nothing", "c": "file:///etc/passwd", "d": "http://127.0.0.1:9/"}
    found = {"a": "C", "b": "C", "": "C", "\0": "#/components/schemas/C"}
    names = (None, 1, "", "missing", "__class__")
    mappings = (None, [], {"a": 1}, lost, found, {"a": "A"})
    values = (
        *("k", None, [], {}, {"mapping": {"a": "C"}}, {"propertyName": "k", "defaultMapping": "Nothing"}),
        *({"propertyName": name} for name in names),
        *({"propertyName": "k", "mapping": mapping} for mapping in mappings),
    )
    for number, value in enumerate(values):
        unions = {
            "A": {"oneOf": [ref("C"), ref("D")], "discriminator": value},
            "B": {"anyOf": [ref("C"), TEXT], "discriminator": value},
            "C": c,
            "D": {"allOf": [ref("C"), {"discriminator": value}]},
            "E": {"discriminator": value},
            "F": {"oneOf": [], "discriminator": value},
            "G": {"oneOf": [ref("C"), ref("C"), ref("Nothing")], "discriminator": value},
            "H": {"oneOf": [{"type": "array", "items": ref("A")}, ref("A")], "discriminator": value},
        }
        yield f"discriminator-{number}", document(unions)


def contradictions() -> Cases:
    impossible = {
        "A": has("a", False, required=["a"]), "B": {"enum": []}, "C": {"type": []},
        "D": {"allOf": [TEXT, {"type": "integer"}]},
        "E": {"const": 1, "enum": [2]}, "F": False, "G": {"not": {}}, "H": {"minimum": 5, "maximum": 1},
        "I": {"prefixItems": [False], "minItems": 1},
        "J": {"type": "object", "minProperties": 5, "maxProperties": 1}, "K": {"oneOf": [{}, {}]},
        "L": {"type": "array", "uniqueItems": True, "items": {"const": 1}, "minItems": 2},
        "M": {"allOf": [ref("A"), ref("B"), ref("F")]}, "N": {"anyOf": [False, ref("F")]},
        "O": has("o", ref("F"), required=["o"]),
    }  # fmt: skip
    yield "impossible", document(impossible, {"/a": {"post": operation(requestBody={"content": media(ref("F"))})}})
    for name, schema in impossible.items():
        yield (
            f"impossible-{name}",
            post(media(ref("X")), {**impossible, "X": schema, "Y": has("y", ref("X"), default={"y": 1})}),
        )
        yield (
            f"impossible-parameter-{name}",
            get(impossible, parameters=[parameter("q", schema=schema), parameter("h", "header", schema=schema)]),
        )
    types = (
        "text",
        ["text", "string"],
        "String",
        "file",
        "any",
        "",
        None,
        ["null"],
        ["string", "null", "integer", "object"],
        [None],
        [[]],
        {"a": 1},
    )
    yield "unknown-types", document({f"A{n}": {"type": value} for n, value in enumerate(types)})
    lists = ([], [TEXT], TEXT, None, True, False, [True, False])
    yield (
        "lists",
        document({f"A{n}": {"type": "array", "items": value, "prefixItems": value} for n, value in enumerate(lists)}),
    )
    yield "empty-everything", document(
        {"A": {}, "": {}}, {"/": {}, "/a": {"get": {}}, "/b": {"parameters": []}},
        components={"parameters": {}, "responses": {"": {}}}, webhooks={}, tags=[], servers=[], security=[],
    )  # fmt: skip
    for style in (
        "matrix",
        "label",
        "form",
        "simple",
        "spaceDelimited",
        "pipeDelimited",
        "deepObject",
        "cookie",
        "",
        "x",
    ):
        for place in ("path", "query", "header", "cookie", "querystring", "body", "formData", "", "Query"):
            odd = [
                parameter(f"p{n}", place, style=style, explode=n % 2 == 0, schema=schema)
                for n, schema in enumerate((SHAPE, TEXT, {"type": "array", "items": SHAPE}))
            ]
            yield (
                f"style-{style}-{place}",
                document(paths={"/{p0}{p1}/{p2}": {"get": operation(parameters=odd)}}) | {"openapi": "3.2.0"},
            )
