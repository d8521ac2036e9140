"""References to nothing, to the wrong thing, out of the folder, and to hosts."""

from __future__ import annotations

import json
import random

from security.hostile.case import TEXT, Cases, Hostile, Json, answer, document, get, has, operation, parameter, ref

OUTSIDE = (
    *("file:///etc/passwd", "file://localhost/etc/passwd", "file:/etc/passwd", "FILE:///etc/passwd", "/etc/passwd"),
    *("//etc/passwd", "../../../../../../../../etc/passwd", "..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd"),
    *(
        "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "..\\..\\..\\etc\\passwd",
        "\\\\host\\share\\x",
        "C:\\Windows\\win.ini",
    ),
    *("C:/Windows/win.ini", "./../../etc/hostname", "~/.ssh/id_rsa", "$HOME/.bashrc", "/dev/zero", "/dev/stdin"),
    *("/dev/random", "/proc/self/environ", "/proc/self/mem", "/dev/fd/0", ".", "..", "/", "./", "../outside.json"),
    *("%2fetc%2fpasswd", "%00/etc/passwd", "....//....//etc/passwd", "..;/..;/etc/passwd", "file:../outside.json"),
    *("file:outside.json", "file://127.0.0.1/x", "file:////etc/passwd", "\u2025/\u2025/etc/passwd", "..\u2215etc"),
    *("link-out.json", "link-folder/passwd", "link.json", "link-loop.json", "pipe.json", "../../outside.json#/A"),
)
HOSTS = (
    *("http://127.0.0.1:9/x.json", "https://127.0.0.1/x.json", "http://localhost/x.json", "http://[::1]/x"),
    *("http://0x7f000001/", "http://2130706433/", "http://0/", "http://127.1/", "http://[::ffff:127.0.0.1]/"),
    *("http://169.254.169.254/latest/meta-data/", "http://user:password@127.0.0.1/", "//127.0.0.1/x.json"),
    *("ftp://127.0.0.1/x", "data:application/json,{}", "javascript:alert(1)", "gopher://127.0.0.1:9/_x"),
    "dict://127.0.0.1/",
    *("jar:file:///x!/y", "php://filter/x", "urn:uuid:x", "ldap://127.0.0.1/", "unix:///var/run/docker.sock"),
    "HTTP://127.0.0.1/",
    *("http://", "http:///x", "http://[", "https://exa mple/", "http://127.0.0.1:99999/", "http://127.0.0.1:x/"),
    "\thttp://127.0.0.1/",
    *("http:127.0.0.1", "http:/127.0.0.1/", "http:\\\\127.0.0.1\\x", "https://\u0660.example/", "ws://127.0.0.1/"),
    *("//", "///x"),
)  # fmt: skip
NOWHERE = (
    "////",
    "%" + "x" * 1_000,
    "%45" + "é" * 500,
    "/////x",
    "////x]",
    "////[",
    *("?", "#", "", " ", "#/", "#//", "#/components", "#/components/schemas", "#/info", "#/info/title", "#/paths"),
    *("#/openapi", "#/components/schemas/Nothing", "#/components/schemas/A/nothing", "#/components/schemas/~2"),
    *("#/components/schemas/%zz", "#/components/schemas/%00", "#components/schemas/A", "components/schemas/A", "A"),
    "#A",
    *("#/components/responses/R", "#/components/parameters/P", "missing.json", "missing.json#/A", "directory"),
    "binary.bin",
    *("big.json", "a\0b.json", "a\nb.json", "x" * 5_000 + ".json", "#" + "/a" * 50_000, "openapi.json#/info"),
    *("OPENAPI.JSON", "./openapi.json", "openapi.json/", "openapi.json/../openapi.json", "openapi.json?x"),
    "openapi.json;x",
    *("#/components/schemas/A/properties/a/$ref", "#/components/schemas/A/required/0", "#/components/schemas/0"),
    "##",
    *("#/paths/~1a/get", "#/x-list/-1", "#/x-list/99999999999999999999", "#/x-list/00", "#/x-list/-", "#/x-list/1"),
    "#/x-list",
    *("empty.json", "text.txt", "broken.json", "picture.png", "bomb.yaml", "deep.json", "version.json"),
    *("\ud800.json", "é.json"),
)  # fmt: skip
_FILES = {
    "directory/x": b"",
    "binary.bin": random.Random(5).randbytes(100),
    "empty.json": b"",
    "text.txt": b"only text",
    "broken.json": b'{"a": ',
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "bomb.yaml": "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 9))]).encode(),
    "deep.json": b"[" * 100_000 + b"]" * 100_000,
    "version.json": b'{"openapi": "9.9.9", "type": "string"}',
}
_LINKS = {
    "link.json": "/etc/passwd",
    "link-folder": "/etc",
    "link-out.json": "../../outside.json",
    "link-loop.json": "link-loop.json",
}


def targets() -> Cases:
    """A reference from a schema to each target."""
    for number, target in enumerate((*OUTSIDE, *HOSTS, *NOWHERE)):
        components: Json = {
            "schemas": {"A": has("a", {"$ref": target}, required=["a"])},
            "responses": {"R": {"description": "x"}},
            "parameters": {"P": parameter("q")},
        }
        content = document(**{"x-list": [{"type": "string"}]}) | {"components": components}
        big = b" " * (21 * 1024 * 1024) if target == "big.json" else b"{}"
        files = {"openapi.json": json.dumps(content).encode(), **_FILES, "big.json": big}
        yield "", Hostile(f"reference-{number}", files, _LINKS, ("pipe.json",))


def references_of_wrong_types() -> Cases:
    for number, target in enumerate((None, 1, True, [], {}, ["#/a"], {"$ref": "#"}, 1.5)):
        bad = {"$ref": target}
        yield f"reference-of-type-{number}", document({"A": bad, "B": has("a", bad)})
        yield f"reference-of-type-in-operation-{number}", get(parameters=[bad], requestBody=bad, callbacks={"c": bad})
        yield f"reference-of-type-in-answer-{number}", answer(headers={"X": bad}, links={"l": bad})
        yield f"dynamic-reference-of-type-{number}", document({"A": {"$dynamicRef": target, "$anchor": target}})
        yield f"identifier-of-type-{number}", document({"A": {"$id": target, "$dynamicAnchor": target}})


def references_from_everywhere() -> Cases:
    kinds = ("parameter", "response", "requestBody", "pathItem", "header", "securityScheme", "link", "operationRef")
    kinds += (
        "callback",
        "example",
        "externalValue",
        "mapping",
        "media type",
        "webhook",
        "dynamic",
        "id",
        "items",
        "docs",
    )
    wrong = ("file:///etc/passwd", "../../etc/passwd", "http://127.0.0.1:9/x", "#/info", "#/components/schemas/A")
    for kind in kinds:
        for number, target in enumerate((*wrong, "#/nothing", "missing.json", "#/components/parameters/P", "#/paths")):
            yield f"reference-{kind.replace(' ', '-')}-{number}", _reference_from(kind, target)


def identifiers() -> Cases:
    for number, name in enumerate(
        ("", "#", "http://[", "file:///etc/passwd", "../..", "http://127.0.0.1:9/a", "\0", "a" * 10_000)
    ):
        yield f"identifier-{number}", document({"A": {"$id": name, "$ref": "other"}, "B": {"$id": name, "$ref": "#/x"}})
        yield (
            f"anchor-{number}",
            document({"A": {"$anchor": name}, "B": {"$ref": f"#{name}"}, "C": {"$dynamicRef": f"#{name}"}}),
        )
    same = {"$id": "https://x.example/a", "type": "string"}
    yield (
        "identifier-twice",
        document({"A": same, "B": same | {"type": "integer"}, "C": {"$ref": "https://x.example/a"}}),
    )
    own = {"$anchor": "a", "type": "string"}
    yield "anchor-twice-in-schemas", document({"A": own, "B": own | {"type": "integer"}, "C": {"$ref": "#a"}})
    bases = {f"A{n}": {"$id": f"https://x{n}.example/", "$ref": f"https://x{n + 1}.example/"} for n in range(200)}
    yield "identifiers-in-a-row", document(bases)


def _reference_from(kind: str, target: str) -> Json:
    reference = {"$ref": target}
    schemas: Json = {"A": has("k", required=["k"])}
    example = {"externalValue": target} if kind == "externalValue" else reference
    match kind:
        case "parameter":
            return get(schemas, parameters=[reference])
        case "response":
            return document(schemas, {"/a": {"get": {"responses": {"200": reference, "default": reference}}}})
        case "requestBody":
            return document(schemas, {"/a": {"post": operation(requestBody=reference)}})
        case "pathItem":
            return document(schemas, {"/a": reference})
        case "webhook":
            return document(schemas, webhooks={"w": reference})
        case "header":
            return answer(schemas, headers={"X": reference})
        case "securityScheme":
            return document(schemas, components={"securitySchemes": {"S": reference}}, security=[{"S": []}])
        case "link":
            return answer(schemas, links={"l": reference})
        case "operationRef":
            return answer(schemas, links={"l": {"operationRef": target}})
        case "callback":
            return get(schemas, callbacks={"c": reference, "d": {"{$url}": reference}})
        case "example" | "externalValue":
            return get(schemas, parameters=[parameter("q", examples={"e": example})])
        case "media type":
            return answer(schemas, content={"application/json": reference})
        case "dynamic":
            return document(schemas | {"B": {"$dynamicRef": target}})
        case "id":
            return document(schemas | {"B": {"$id": target, "properties": {"a": {"$ref": "x.json"}}}})
        case "items":
            return document(
                schemas | {"B": {"type": "array", "items": reference, "contains": reference, "not": reference}}
            )
        case "docs":
            return get(schemas | {"B": TEXT | {"externalDocs": {"url": target}}}, externalDocs={"url": target})
        case _:
            mapped = {"propertyName": "k", "mapping": {"x": target}, "defaultMapping": target}
            return document(schemas | {"B": {"oneOf": [ref("A")], "discriminator": mapped}})
