"""What JSON can be broken by, and numbers that no machine holds."""

from __future__ import annotations

import json

from security.hostile.case import Cases, Hostile, document

_NUMBERS = (
    *("1e999", "-1e999", "NaN", "Infinity", "-Infinity", "9" * 10_000, "1" + "0" * 400, "1e-999", "-0", "0.1e1"),
    "01",
    *("+1", ".5", "5.", "0x10", "1e", "9" * 5_000 + ".5", "-", "1e+", "1E400", "0." + "1" * 5_000, "1e9999999999999"),
)
_TEXT = json.dumps(document())


def numbers() -> Cases:
    for number, written in enumerate(_NUMBERS):
        yield f"json-number-{number}", _with(f'"x-number": {written}')
        facts = f'"type": "number", "maximum": {written}, "default": {written}, "enum": [{written}, 1]'
        schemas = f'"schemas": {{"A": {{{facts}}}, "B": {{"minLength": {written}, "const": {written}}}}}'
        yield f"json-number-in-schema-{number}", _TEXT.replace('"schemas": {}', schemas, 1).encode()


def broken_json() -> Cases:
    yield "json-nested-100000", _with(f'"x-deep": {"[" * 100_000}{"]" * 100_000}')
    yield "json-objects-nested-100000", _with('"x-deep": ' + '{"a":' * 100_000 + "1" + "}" * 100_000)
    yield "json-nested-300", _with(f'"x-deep": {"[" * 300}{"]" * 300}')
    yield "json-nested-900", _with(f'"x-deep": {"[" * 900}{"]" * 900}')
    for number, text in enumerate(("[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000, "]" * 100_000)):
        yield f"json-only-nesting-{number}", Hostile(f"json-only-nesting-{number}", {"openapi.json": text.encode()})
    yield "json-duplicate-keys", _with('"x-a": 1, "x-a": 2')
    yield "json-many-duplicate-keys", _with(", ".join(['"x-a": 1'] * 50_000))
    twice = '"paths": {"/a": {"get": {"responses": {}}, "get": {"responses": {}}}, "/a": {}}'
    yield "json-duplicate-operations", _TEXT.replace('"paths": {}', twice, 1).encode()
    yield (
        "json-duplicate-schemas",
        _TEXT.replace('"schemas": {}', '"schemas": {"A": {}, "A": {"type": "string"}}').encode(),
    )
    yield "json-trailing-comma", _TEXT.replace("}}", "},}", 1).encode()
    yield "json-single-quotes", _TEXT.replace('"', "'").encode()
    yield "json-comment", b"// comment\n" + _TEXT.encode()
    yield "json-control", _TEXT.replace('"T"', '"\x01"', 1).encode()
    yield "json-newline-in-string", _TEXT.replace('"T"', '"a\nb"', 1).encode()
    yield "json-null-character", _TEXT.replace('"T"', '"\\u0000"', 1).encode()
    yield "json-escape-unknown", _TEXT.replace('"T"', '"\\q"', 1).encode()
    yield "json-escape-cut", _TEXT.replace('"T"', '"\\u12"', 1).encode()
    yield "json-two-values", _TEXT.encode() + _TEXT.encode()
    yield "json-lines", b"\n".join([b'{"openapi": "3.1.0"}'] * 1000)
    yield "json-prefix", b")]}',\n" + _TEXT.encode()
    yield "json-callback", b"callback(" + _TEXT.encode() + b")"
    yield "json-in-a-string", json.dumps(_TEXT).encode()
    yield "json-with-mark", b"\xef\xbb\xbf" + _TEXT.encode()
    yield "json-named-yaml", Hostile("json-named-yaml", {"openapi.yaml": _TEXT.encode()})
    yield "yaml-named-json", Hostile("yaml-named-json", {"openapi.json": b"openapi: 3.1.0\ninfo: {}\npaths: {}\n"})


def surrogates() -> Cases:
    """Halves of pairs in every kind of place."""
    half = "\ud800"
    schema = {"type": "object", "properties": {half: {"type": "string", "enum": [half], "default": half}}}
    yield "surrogate-title", document() | {"info": {"title": half, "version": half, "description": half}}
    yield "surrogate-schema", document({half: schema, "A": schema | {"description": half, "title": half}})
    yield "surrogate-reference", document({half: schema, "A": {"$ref": f"#/components/schemas/{half}"}})
    parameter = {"name": half, "in": "query", "description": half, "schema": {"pattern": half, "const": half}}
    operation = {"operationId": half, "tags": [half], "summary": half, "parameters": [parameter]}
    answer = {half: {"description": half, "headers": {half: {}}, "content": {half: {"schema": {}}}}}
    yield "surrogate-operation", document(paths={f"/{half}": {"get": operation | {"responses": {"200": {}}}}})
    yield "surrogate-answer", document(paths={f"/{{{half}}}": {"get": {"responses": answer}}})
    yield "surrogate-server", document(servers=[{"url": f"https://{half}/", "description": half}])
    scheme = {half: {"type": "apiKey", "in": "header", "name": half}}
    yield "surrogate-scheme", document(components={"securitySchemes": scheme}, security=[{half: [half]}])


def _with(member: str) -> bytes:
    return _TEXT.replace('"paths"', f'{member}, "paths"', 1).encode()
