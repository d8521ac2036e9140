"""Documents that nobody means well with: too much, too deep, in circles, out of bounds, broken or ambiguous.

Each is a folder of files, of which the first is the root document.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]
_PETSTORE = (Path(__file__).parent / "documents" / "small.yaml").read_bytes()


@dataclass(frozen=True)
class Hostile:
    """A case: files by name, the root first. ``links`` are symbolic links, ``pipes`` named pipes."""

    name: str
    files: dict[str, bytes]
    links: dict[str, str] = field(default_factory=dict)
    pipes: tuple[str, ...] = ()

    def write(self, folder: Path) -> Path:
        """Write the files and return the root document."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name, target in self.links.items():
            (folder / name).symlink_to(target)
        for name in self.pipes:
            import os

            os.mkfifo(folder / name)
        return folder / next(iter(self.files))


def documents() -> Iterator[Hostile]:
    """Yield every case, each under a name of its own."""
    for family in _FAMILIES:
        for name, content in family():
            if isinstance(content, Hostile):
                yield content
            elif isinstance(content, bytes):
                yield Hostile(name, {"openapi.yaml": content})
            else:
                yield Hostile(name, {"openapi.json": json.dumps(content).encode()})


def truncated() -> Iterator[Hostile]:
    """Yield a small document cut off after every seventh byte, as YAML and as JSON."""
    import yaml

    as_json = json.dumps(yaml.safe_load(_PETSTORE), default=str, indent=1).encode()
    for suffix, text in (("yaml", _PETSTORE), ("json", as_json)):
        for end in range(0, len(text), 7):
            yield Hostile(f"truncated-{suffix}-{end}", {f"openapi.{suffix}": text[:end]})


def document(schemas: Json | None = None, paths: Json | None = None, **more: Any) -> Json:
    """Return a document that is right but for what it is given."""
    components = {"schemas": schemas or {}} | more.pop("components", {})
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths or {},
        "components": components,
    } | more


def operation(**more: Any) -> Json:
    """Return an operation that is right but for what it is given."""
    return {"responses": {"200": {"description": "ok"}}} | more


def ref(name: str) -> Json:
    """Return a reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


Cases = Iterator[tuple[str, Any]]


def _bytes() -> Cases:
    yield "empty", b""
    yield "blank", b" \n\t\r\n" * 100
    yield "only-a-mark", b"\xef\xbb\xbf"
    yield "binary", random.Random(1).randbytes(5000)
    yield "large-binary", random.Random(2).randbytes(5_000_000)
    yield "zeros", bytes(100_000)
    yield "gzip", b"\x1f\x8b\x08\x00" + random.Random(3).randbytes(500)
    yield "picture", b"\x89PNG\r\n\x1a\n" + random.Random(4).randbytes(500)
    yield "latin-1", "openapi: 3.1.0\ninfo: {title: Café, version: '1'}\npaths: {}\n".encode("latin-1")
    yield "utf-16-cut", "openapi: 3.1.0".encode("utf-16")[:-1]
    yield "utf-32", "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {}\n".encode("utf-32")
    yield "utf-7", b"+AHs-openapi: 3.1.0"
    yield "overlong-utf-8", b"openapi: 3.1.0\ninfo: {title: \xc0\xaf, version: '1'}\npaths: {}\n"
    yield "mark-in-the-middle", "openapi: 3.1.0\ninfo: {title: '\ufeff', version: '1'}\npaths: {}\n".encode()
    yield "controls", b"openapi: 3.1.0\ninfo: {title: \x07, version: '1'}\npaths: {}\n"
    yield "carriage-returns", b"openapi: 3.1.0\rinfo: {title: x, version: '1'}\rpaths: {}\r"
    yield "html", b"<!DOCTYPE html><html><body>404</body></html>"
    yield "xml-bomb", b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><l>&b;</l>'
    yield "one-line-of-10-mb", b"x" * 10_000_000
    yield "lines-of-nothing", b"\n" * 5_000_000
    yield "too-large", b"# " + b"x" * (21 * 1024 * 1024)
    yield "comments-only", b"# nothing\n" * 10_000


def _versions() -> Cases:
    for number, version in enumerate(
        (
            "",
            "4.0.0",
            "3.9.0",
            "2.1",
            "1.2",
            "3",
            "three",
            "3.1.0\n",
            "3.1.0; rm",
            "9" * 10_000,
            3.1,
            31,
            None,
            True,
            [],
            {},
        )
    ):
        yield f"version-{number}", document() | {"openapi": version}
    yield "no-version", {key: value for key, value in document().items() if key != "openapi"}
    yield "two-versions", document() | {"swagger": "2.0"}
    yield "swagger-number", {"swagger": 2.0, "info": {"title": "x", "version": "1"}, "paths": {}}
    for number, root in enumerate(([], "text", 1, None, True, [document()], {"a": 1})):
        yield f"root-{number}", json.dumps(root).encode()


def _yaml() -> Cases:
    head = "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {}\n"
    bomb = "".join(f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    yield "alias-bomb", f"{head}x-0: &a0 [lol]\n{bomb}".encode()
    merges = "".join(f"x-{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}], k{n}: 1}}\n" for n in range(1, 10))
    yield "merge-bomb", f"{head}x-0: &a0 {{k: 1}}\n{merges}".encode()
    keyed = "".join(f"x-{n}: &a{n} {{a: *a{n - 1}, b: *a{n - 1}}}\n" for n in range(1, 60))
    yield "alias-tree", f"{head}x-0: &a0 {{k: 1}}\n{keyed}".encode()
    yield "alias-in-itself", f"{head}x-0: &a [*a]\n".encode()
    yield "mapping-in-itself", f"{head}x-0: &a {{b: *a}}\n".encode()
    yield "merge-of-itself", f"{head}x-0: &a {{<<: *a}}\n".encode()
    yield "unknown-alias", f"{head}x-0: *nothing\n".encode()
    yield "many-anchors", (head + "".join(f"x-{n}: &a{n} {n}\n" for n in range(50_000))).encode()
    for number, tag in enumerate(
        (
            "!!python/object/apply:os.system ['touch owned']",
            "!!python/name:os.system ''",
            "!!python/module:os ''",
            "!!binary aGk=",
            "!!set {a}",
            "!own x",
            "!!timestamp 2020-01-01",
            "!<tag:x,2020:y> z",
            "!!js/function 'x'",
        )
    ):
        yield f"tag-{number}", f"{head}x-tag: {tag}\n".encode()
    yield "flow-nested-100000", f"{head}x-deep: {'[' * 100_000}{']' * 100_000}\n".encode()
    yield "flow-maps-nested-100000", f"{head}x-deep: {'{a: ' * 100_000}1{'}' * 100_000}\n".encode()
    yield "flow-open-100000", f"{head}x-deep: {'[' * 100_000}\n".encode()
    yield "dashes-nested-50000", f"{head}x-deep: \n {'- ' * 50_000}a\n".encode()
    yield "block-nested-2000", (head + "x-deep:\n" + "".join(" " * n + "a:\n" for n in range(1, 2000))).encode()
    yield "question-marks", f"{head}{'? ' * 20_000}a\n".encode()
    yield "several-documents", f"{head}---\n{head}".encode()
    yield "many-documents", (f"---\n{head}" * 5_000).encode()
    yield "directives", b"%YAML 9.9\n%TAG ! tag:x:\n---\n" + head.encode()
    yield "duplicate-keys", (head + "info: {title: y, version: '2'}\n").encode()
    yield "many-duplicate-keys", (head + "x-a: 1\n" * 50_000).encode()
    yield "lists-as-keys", f"{head}? [a, b]\n: c\n".encode()
    yield "mapping-as-key", f"{head}? {{a: b}}\n: c\n".encode()
    yield "null-key", f"{head}~: c\n".encode()
    yield "tabs", b"openapi: 3.1.0\ninfo:\n\ttitle: x\n"
    yield "unbalanced", b"openapi: 3.1.0\ninfo: {title: x\npaths: ]"
    yield "quote-not-closed", b"openapi: 3.1.0\ninfo: {title: 'x\n" + b"a\n" * 10_000
    yield "escape-unknown", b'openapi: "\\q"\n'
    yield "escapes-of-surrogates", f'{head}x-a: "\\ud800"\n'.encode()
    yield "long-plain-scalar", f"{head}x-a: {'word ' * 500_000}\n".encode()
    yield "long-folded-scalar", (head + "x-a: >\n" + "  word\n" * 300_000).encode()
    yield "long-key", (head + "k" * 100_000 + ": 1\n").encode()
    yield "colons", (head + "x: " + "a: " * 50_000).encode()
    yield (
        "numbers-of-yaml-1.1",
        f"{head}x-a: [1_000, 0o17, 017, 190:20:30, 0b11, .inf, -.INF, .NaN, 1e5, 0xFF]\n".encode(),
    )
    yield "booleans-of-yaml-1.1", f"{head}x-a: {{no: yes, on: off, y: n}}\n".encode()
    yield "dates", f"{head}x-a: [2020-01-01, 2020-99-99, 2001-12-14t21:59:43.10-05:00]\n".encode()


def _json() -> Cases:
    text = json.dumps(document())
    yield (
        "json-nested-100000",
        text.replace('"paths"', f'"x-deep": {"[" * 100_000}{"]" * 100_000}, "paths"', 1).encode(),
    )
    yield (
        "json-objects-nested-100000",
        text.replace('"paths"', '"x-deep": ' + '{"a":' * 100_000 + "1" + "}" * 100_000 + ', "paths"', 1).encode(),
    )
    yield "json-open-100000", b"[" * 100_000
    yield "json-nested-300", text.replace('"paths"', f'"x-deep": {"[" * 300}{"]" * 300}, "paths"', 1).encode()
    numbers = (
        "1e999",
        "-1e999",
        "NaN",
        "Infinity",
        "-Infinity",
        "9" * 10_000,
        "1" + "0" * 400,
        "1e-999",
        "-0",
        "0.1e1",
        "01",
        "+1",
        ".5",
        "5.",
        "0x10",
        "1e",
        "9" * 5_000 + ".5",
    )
    for number, written in enumerate(numbers):
        yield f"json-number-{number}", text.replace('"paths"', f'"x-number": {written}, "paths"', 1).encode()
        schema = f'{{"A": {{"type": "number", "maximum": {written}, "default": {written}, "enum": [{written}, 1]}}}}'
        yield f"json-number-in-schema-{number}", text.replace('"schemas": {}', f'"schemas": {schema}', 1).encode()
    yield "json-duplicate-keys", text.replace('"paths"', '"x-a": 1, "x-a": 2, "paths"', 1).encode()
    yield (
        "json-duplicate-operations",
        text.replace(
            '"paths": {}', '"paths": {"/a": {"get": {"responses": {}}, "get": {"responses": {}}}, "/a": {}}', 1
        ).encode(),
    )
    yield "json-trailing-comma", text.replace("}}", "},}", 1).encode()
    yield "json-comment", b"// comment\n" + text.encode()
    yield "json-control", text.replace('"T"', '"\x01"', 1).encode()
    yield "json-newline-in-string", text.replace('"T"', '"a\nb"', 1).encode()
    yield "json-surrogate", text.replace('"T"', '"\\ud800"', 1).encode()
    yield "json-null-character", text.replace('"T"', '"\\u0000"', 1).encode()
    yield "json-two-values", text.encode() + text.encode()
    yield "json-lines", b"\n".join([b'{"openapi": "3.1.0"}'] * 1000)


def _sizes() -> Cases:
    words = [f"value {n}" for n in range(100_000)]
    yield "enum-100000", document({"A": {"type": "string", "enum": words}})
    yield "enum-100000-integers", document({"A": {"type": "integer", "enum": list(range(100_000))}})
    yield "enum-20000", document({"A": {"type": "string", "enum": words[:20_000]}})
    yield "enum-20000-objects", document({"A": {"enum": [{"a": n} for n in range(20_000)]}})
    yield "enum-5000-alike", document({"A": {"type": "string", "enum": [" " * n for n in range(5_000)]}})
    yield "enum-5000-cases", document({"A": {"type": "string", "enum": _cases("abcdefghijklm", 5_000)}})
    yield "enum-same-100000", document({"A": {"type": "string", "enum": ["same"] * 100_000}})
    yield (
        "enum-in-parameter",
        document(
            paths={
                "/a": {"get": operation(parameters=[{"name": "q", "in": "query", "schema": {"enum": words[:20_000]}}])}
            }
        ),
    )
    yield (
        "enum-used-1000-times",
        document(
            {
                "A": {"type": "string", "enum": words[:2_000]},
                **{f"B{n}": {"allOf": [ref("A"), {"minLength": n % 9}]} for n in range(300)},
            }
        ),
    )
    yield (
        "properties-20000",
        document({"A": {"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(20_000)}}}),
    )
    yield (
        "properties-5000-inline",
        document(
            {
                "A": {
                    "type": "object",
                    "properties": {
                        f"p{n}": {"type": "object", "properties": {"x": {"type": "integer"}}} for n in range(5_000)
                    },
                }
            }
        ),
    )
    yield (
        "properties-alike",
        document({"A": {"type": "object", "properties": {"-" * n + "a": {"type": "string"} for n in range(3_000)}}}),
    )
    yield "required-100000", document({"A": {"type": "object", "required": words}})
    yield "required-same", document({"A": {"type": "object", "required": ["a"] * 100_000}})
    yield (
        "schemas-5000",
        document({f"A{n}": {"type": "object", "properties": {"x": ref(f"A{(n * 7) % 5_000}")}} for n in range(5_000)}),
    )
    yield (
        "schemas-alike",
        document({"_" * n + "a": {"type": "object", "properties": {"x": {"type": "string"}}} for n in range(1_000)}),
    )
    yield "operations-3000", document(paths={f"/a{n}": {"get": operation(operationId=f"op{n}")} for n in range(3_000)})
    yield (
        "operations-2000-tags",
        document(paths={f"/a{n}": {"get": operation(tags=[f"tag {n}"])} for n in range(2_000)}),
    )
    yield (
        "parameters-5000",
        document(
            paths={
                "/a": {
                    "get": operation(
                        parameters=[
                            {"name": f"q{n}", "in": "query", "schema": {"type": "string"}} for n in range(5_000)
                        ]
                    )
                }
            }
        ),
    )
    yield (
        "parameters-same",
        document(
            paths={
                "/a": {
                    "get": operation(parameters=[{"name": "q", "in": "query", "schema": {"type": "string"}}] * 5_000)
                }
            }
        ),
    )
    yield (
        "responses-500",
        document(
            paths={
                "/a": {
                    "get": {
                        "responses": {
                            str(n): {
                                "description": "x",
                                "content": {
                                    "application/json": {
                                        "schema": {"type": "object", "properties": {"a": {"type": "string"}}}
                                    }
                                },
                            }
                            for n in range(100, 600)
                        }
                    }
                }
            }
        ),
    )
    yield (
        "media-types-2000",
        document(
            paths={
                "/a": {
                    "post": operation(
                        requestBody={
                            "content": {
                                f"application/x{n}+json": {"schema": {"type": "object", "properties": {"a": {}}}}
                                for n in range(2_000)
                            }
                        }
                    )
                }
            }
        ),
    )
    yield "slots-2000", document(paths={"/" + "/".join(f"{{p{n}}}" for n in range(2_000)): {"get": operation()}})
    yield "slots-unseparated", document(paths={"/" + "".join(f"{{p{n}}}" for n in range(500)): {"get": operation()}})
    yield "servers-10000", document(servers=[{"url": f"https://s{n}.example"} for n in range(10_000)])
    yield (
        "security-5000",
        document(
            components={
                "securitySchemes": {f"k{n}": {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n in range(5_000)}
            },
            security=[{f"k{n}": []} for n in range(5_000)],
        ),
    )
    yield (
        "security-everywhere",
        document(
            paths={f"/a{n}": {"get": operation()} for n in range(500)},
            components={
                "securitySchemes": {f"k{n}": {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n in range(300)}
            },
            security=[{f"k{n}": []} for n in range(300)],
        ),
    )
    yield (
        "scopes-20000",
        document(
            components={
                "securitySchemes": {
                    "o": {
                        "type": "oauth2",
                        "flows": {
                            "implicit": {
                                "authorizationUrl": "https://a.example",
                                "scopes": {f"s{n}": "d" for n in range(20_000)},
                            }
                        },
                    }
                }
            },
            security=[{"o": [f"s{n}" for n in range(20_000)]}],
        ),
    )
    yield "tags-20000", document(tags=[{"name": f"t{n}"} for n in range(20_000)])
    yield "description-2mb", document({"A": {"type": "object", "description": "word " * 400_000}})
    yield "description-2mb-one-word", document({"A": {"type": "object", "description": "w" * 2_000_000}})
    yield "description-lines", document({"A": {"type": "object", "description": "\n" * 1_000_000}})
    yield "description-quotes", document({"A": {"type": "object", "description": '"' * 1_000_000}})
    yield "description-backslashes", document({"A": {"type": "object", "description": "\\" * 1_000_000}})
    yield "description-lists", document({"A": {"type": "object", "description": "- item\n" * 200_000}})
    yield "description-fences", document({"A": {"type": "object", "description": "```\n" * 200_000}})
    yield "description-tables", document({"A": {"type": "object", "description": "|" * 500_000 + "\n|"}})
    yield "description-spaces", document({"A": {"type": "object", "description": " " * 1_000_000 + "x"}})
    yield (
        "description-everywhere",
        document(paths={f"/a{n}": {"get": operation(description="word " * 10_000)} for n in range(40)}),
    )
    yield (
        "default-1mb",
        document({"A": {"type": "object", "properties": {"a": {"type": "string", "default": "é" * 1_000_000}}}}),
    )
    yield (
        "default-object",
        document(
            {
                "A": {
                    "type": "object",
                    "properties": {"a": {"type": "object", "default": {f"k{n}": [n] * 5 for n in range(20_000)}}},
                }
            }
        ),
    )
    yield "examples-100000", document({"A": {"type": "string", "examples": words}})
    yield (
        "mapping-5000",
        document(
            {
                "A": {
                    "oneOf": [ref("B")],
                    "discriminator": {
                        "propertyName": "k",
                        "mapping": {f"m{n}": "#/components/schemas/B" for n in range(5_000)},
                    },
                },
                "B": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}},
            }
        ),
    )
    yield "extensions-50000", document(**{f"x-{n}": {"a": n} for n in range(50_000)})
    for what in (
        "schema",
        "property",
        "path",
        "operation",
        "tag",
        "header",
        "parameter",
        "scheme",
        "enum",
        "media",
        "server",
        "status",
        "discriminator",
        "variable",
    ):
        yield f"name-10000-{what}", _long_name(what, "n" * 10_000)
    yield "name-10000-words", _long_name("schema", "Name" * 2_500)
    yield "name-10000-symbols", _long_name("schema", "$" * 10_000)
    yield "name-10000-foreign", _long_name("schema", "名" * 10_000)
    yield "name-1000000", _long_name("property", "n" * 1_000_000)
    yield (
        "names-100-of-10000",
        document(
            {
                f"{n}" + "n" * 10_000: {
                    "type": "object",
                    "properties": {"m" * 10_000: {"type": "object", "properties": {"k" * 10_000: {"type": "string"}}}},
                }
                for n in range(50)
            }
        ),
    )


def _cases(letters: str, number: int) -> list[str]:
    return [
        "".join(char.upper() if n >> place & 1 else char for place, char in enumerate(letters)) for n in range(number)
    ]


def _long_name(what: str, name: str) -> Json:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    match what:
        case "schema":
            return document({name: schema})
        case "property":
            return document(
                {"A": {"type": "object", "properties": {name: {"type": "object", "properties": {"b": {}}}}}}
            )
        case "path":
            return document(paths={f"/{name}": {"get": operation()}})
        case "operation":
            return document(paths={"/a": {"get": operation(operationId=name)}})
        case "tag":
            return document(paths={"/a": {"get": operation(tags=[name])}})
        case "header" | "parameter":
            place = "header" if what == "header" else "query"
            return document(
                paths={"/a": {"get": operation(parameters=[{"name": name, "in": place, "schema": schema}])}}
            )
        case "scheme":
            return document(
                components={"securitySchemes": {name: {"type": "apiKey", "in": "header", "name": name}}},
                security=[{name: []}],
            )
        case "enum":
            return document({"A": {"type": "string", "enum": [name, "b"]}})
        case "media":
            return document(
                paths={
                    "/a": {"post": operation(requestBody={"content": {f"text/{name}": {"schema": {"type": "string"}}}})}
                }
            )
        case "server":
            return document(servers=[{"url": f"https://{name}.example"}])
        case "status":
            return document(paths={"/a": {"get": {"responses": {name: {"description": "x"}}}}})
        case "discriminator":
            return document({"A": {"oneOf": [ref("B")], "discriminator": {"propertyName": name}}, "B": schema})
        case _:
            return document(servers=[{"url": f"https://{{{name}}}.example", "variables": {name: {"default": name}}}])


def _depth() -> Cases:
    for keyword in ("allOf", "oneOf", "anyOf"):
        yield (
            f"deep-{keyword}-80",
            document(
                {
                    "A": _nested(
                        80,
                        lambda inner: {keyword: [inner, {"type": "object", "properties": {"a": {"type": "string"}}}]},
                    )
                }
            ),
        )
        yield (
            f"deep-{keyword}-40-twice",
            document(
                {
                    "A": _nested(
                        40, lambda inner: {keyword: [inner, {"anyOf": [{"type": "string"}, {"type": "integer"}]}]}
                    )
                }
            ),
        )
    for keyword in ("items", "not", "additionalProperties", "if", "contains", "propertyNames", "unevaluatedProperties"):
        yield f"deep-{keyword}-150", document({"A": _nested(150, lambda inner: {keyword: inner})})
    yield (
        "deep-properties-80",
        document({"A": _nested(80, lambda inner: {"type": "object", "properties": {"p": inner}})}),
    )
    yield "deep-not-in-not", document({"A": _nested(90, lambda inner: {"not": {"allOf": [inner]}})})
    yield (
        "deep-if-then-else",
        document({"A": _nested(60, lambda inner: {"if": inner, "then": {"minLength": 1}, "else": {"maxLength": 9}})}),
    )
    yield (
        "deep-prefix-items",
        document(
            {
                "A": _nested(
                    80,
                    lambda inner: {
                        "type": "array",
                        "prefixItems": [inner, inner] if inner == {"type": "string"} else [inner],
                    },
                )
            }
        ),
    )
    yield (
        "deep-callbacks",
        document(
            paths={
                "/a": {
                    "post": _nested(
                        20, lambda inner: operation(callbacks={"c": {"{$url}": {"post": inner}}}), operation()
                    )
                }
            }
        ),
    )
    yield (
        "deep-default",
        document({"A": {"type": "object", "properties": {"a": {"default": _nested(150, lambda inner: [inner], 1)}}}}),
    )
    yield "deep-example", document({"A": {"examples": [_nested(150, lambda inner: {"a": inner}, 1)]}})
    yield (
        "reference-chain-90",
        document(
            {
                **{f"A{n}": ref(f"A{n + 1}") for n in range(90)},
                "A90": {"type": "object", "properties": {"x": {"type": "string"}}},
            }
        ),
    )
    yield (
        "reference-chain-5000",
        document({**{f"A{n}": ref(f"A{n + 1}") for n in range(5_000)}, "A5000": {"type": "string"}}),
    )
    yield (
        "all-of-chain-1000",
        document(
            {
                **{
                    f"A{n}": {"allOf": [ref(f"A{n + 1}"), {"properties": {f"p{n}": {"type": "string"}}}]}
                    for n in range(1_000)
                },
                "A1000": {"type": "object"},
            }
        ),
    )
    yield (
        "all-of-chain-300",
        document(
            {
                **{
                    f"A{n}": {"allOf": [ref(f"A{n + 1}"), {"properties": {f"p{n}": {"type": "string"}}}]}
                    for n in range(300)
                },
                "A300": {"type": "object"},
            }
        ),
    )
    yield (
        "any-of-chain-300",
        document(
            {
                **{
                    f"A{n}": {
                        "anyOf": [
                            ref(f"A{n + 1}"),
                            {"type": "object", "required": [f"p{n}"], "properties": {f"p{n}": {"type": "string"}}},
                        ]
                    }
                    for n in range(300)
                },
                "A300": {"type": "string"},
            }
        ),
    )
    yield (
        "pointer-through-references",
        document(
            {
                **{f"A{n}": {"properties": {"x": ref(f"A{n + 1}/properties/x")}} for n in range(60)},
                "A60": {"properties": {"x": {"type": "string"}}},
            }
        ),
    )


def _nested(depth: int, wrap: Callable[[Any], Any], inner: Any = None) -> Any:
    value = {"type": "string"} if inner is None else inner
    for _ in range(depth):
        value = wrap(value)
    return value


def _products() -> Cases:
    leaf = {"type": "object", "properties": {"leaf": {"type": "string"}}}
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield (
            f"laughs-{keyword}",
            document({**{f"A{n}": {keyword: [ref(f"A{n + 1}"), ref(f"A{n + 1}")]} for n in range(40)}, "A40": leaf}),
        )
        yield (
            f"laughs-{keyword}-10",
            document({**{f"A{n}": {keyword: [ref(f"A{n + 1}")] * 10} for n in range(12)}, "A12": leaf}),
        )
        yield (
            f"laughs-{keyword}-told-apart",
            document(
                {
                    **{
                        f"A{n}": {
                            keyword: [
                                {"allOf": [ref(f"A{n + 1}"), {"required": [f"l{n}"]}]},
                                {"allOf": [ref(f"A{n + 1}"), {"required": [f"r{n}"]}]},
                            ]
                        }
                        for n in range(25)
                    },
                    "A25": leaf,
                }
            ),
        )
    for keyword in ("not", "if", "contains", "propertyNames", "unevaluatedProperties"):
        yield (
            f"laughs-{keyword}",
            document(
                {
                    **{
                        f"A{n}": {
                            "allOf": [{keyword: ref(f"A{n + 1}")}, {"anyOf": [{keyword: ref(f"A{n + 1}")}, True]}]
                        }
                        for n in range(30)
                    },
                    "A30": leaf,
                }
            ),
        )
    yield (
        "laughs-properties",
        document(
            {
                **{
                    f"A{n}": {
                        "type": "object",
                        "properties": {"a": ref(f"A{n + 1}"), "b": ref(f"A{n + 1}")},
                        "required": ["a", "b"],
                    }
                    for n in range(40)
                },
                "A40": leaf,
            }
        ),
    )
    yield (
        "laughs-items",
        document(
            {
                **{
                    f"A{n}": {"type": "array", "items": ref(f"A{n + 1}"), "contains": ref(f"A{n + 1}")}
                    for n in range(40)
                },
                "A40": leaf,
            }
        ),
    )
    yield (
        "laughs-tuples",
        document(
            {
                **{
                    f"A{n}": {"type": "array", "prefixItems": [ref(f"A{n + 1}")] * 4, "items": False, "minItems": 4}
                    for n in range(20)
                },
                "A20": leaf,
            }
        ),
    )
    yield (
        "laughs-lists",
        document(
            {
                **{
                    f"A{n}": {
                        "type": "array",
                        "items": {"oneOf": [ref(f"A{n + 1}"), {"type": "array", "items": ref(f"A{n + 1}")}]},
                    }
                    for n in range(30)
                },
                "A30": {"type": "string"},
            }
        ),
    )
    yield (
        "laughs-extra",
        document(
            {
                **{
                    f"A{n}": {
                        "type": "object",
                        "additionalProperties": {
                            "anyOf": [ref(f"A{n + 1}"), {"type": "array", "items": ref(f"A{n + 1}")}]
                        },
                    }
                    for n in range(30)
                },
                "A30": {"type": "string"},
            }
        ),
    )
    yield (
        "laughs-defaults",
        document(
            {
                **{
                    f"A{n}": {
                        "type": "object",
                        "properties": {
                            "a": {"allOf": [ref(f"A{n + 1}")], "default": {}},
                            "b": {"allOf": [ref(f"A{n + 1}")], "default": {}},
                        },
                    }
                    for n in range(25)
                },
                "A25": leaf,
            }
        ),
    )
    yield (
        "laughs-parameters",
        document(
            {
                **{
                    f"A{n}": {"type": "object", "properties": {"a": ref(f"A{n + 1}"), "b": ref(f"A{n + 1}")}}
                    for n in range(30)
                },
                "A30": leaf,
            },
            paths={
                "/a": {
                    "get": operation(
                        parameters=[
                            {"name": "q", "in": "query", "style": "deepObject", "explode": True, "schema": ref("A0")}
                        ]
                    )
                }
            },
        ),
    )
    yield (
        "laughs-form",
        document(
            {
                **{
                    f"A{n}": {"type": "object", "properties": {"a": ref(f"A{n + 1}"), "b": ref(f"A{n + 1}")}}
                    for n in range(30)
                },
                "A30": leaf,
            },
            paths={
                "/a": {
                    "post": operation(
                        requestBody={
                            "content": {
                                "multipart/form-data": {"schema": ref("A0")},
                                "application/x-www-form-urlencoded": {"schema": ref("A0")},
                            }
                        }
                    )
                }
            },
        ),
    )
    yield (
        "laughs-responses",
        document(
            {
                **{
                    f"A{n}": {"type": "object", "properties": {"a": ref(f"A{n + 1}"), "b": ref(f"A{n + 1}")}}
                    for n in range(30)
                },
                "A30": leaf,
            },
            paths={
                "/a": {
                    "get": {
                        "responses": {
                            "200": {"description": "x", "content": {"application/json": {"schema": ref("A0")}}}
                        }
                    }
                }
            },
        ),
    )
    yield (
        "product-of-unions-20",
        document({"A": {"allOf": [{"anyOf": [{"required": [f"a{n}"]}, {"required": [f"b{n}"]}]} for n in range(20)]}}),
    )
    yield (
        "product-of-unions-of-records",
        document(
            {
                "A": {
                    "allOf": [
                        {
                            "oneOf": [
                                {"type": "object", "properties": {f"a{n}": {"type": "string"}}, "required": [f"a{n}"]},
                                {"type": "object", "properties": {f"b{n}": {"type": "integer"}}, "required": [f"b{n}"]},
                            ]
                        }
                        for n in range(20)
                    ]
                }
            }
        ),
    )
    yield (
        "product-of-types",
        document({"A": {"allOf": [{"type": ["string", "integer", "object", "array", "null"]}] * 1_000}}),
    )
    yield "product-of-enums", document({"A": {"allOf": [{"enum": [*range(n, n + 500)]} for n in range(300)]}})
    yield (
        "product-of-patterns",
        document(
            {
                "A": {
                    "type": "object",
                    "patternProperties": {f"^p{n}": {"type": "string", "pattern": f"{n}"} for n in range(500)},
                    "properties": {f"p{n}": {"type": "string"} for n in range(500)},
                }
            }
        ),
    )
    yield (
        "all-of-5000",
        document({"A": {"allOf": [{"properties": {f"p{n}": {"type": "string"}}} for n in range(5_000)]}}),
    )
    yield (
        "all-of-5000-same",
        document(
            {
                "A": {
                    "allOf": [
                        {"type": "object", "properties": {"p": {"type": "string", "minLength": n}}}
                        for n in range(5_000)
                    ]
                }
            }
        ),
    )
    yield "all-of-5000-references", document({"A": {"allOf": [ref("B")] * 5_000}, "B": leaf})
    yield (
        "any-of-5000",
        document(
            {
                "A": {
                    "anyOf": [
                        {"type": "object", "required": [f"p{n}"], "properties": {f"p{n}": {"type": "string"}}}
                        for n in range(5_000)
                    ]
                }
            }
        ),
    )
    yield "any-of-2000-consts", document({"A": {"anyOf": [{"const": f"c{n}"} for n in range(2_000)]}})
    yield "any-of-2000-strings", document({"A": {"anyOf": [{"type": "string", "maxLength": n} for n in range(2_000)]}})
    yield (
        "any-of-2000-arrays",
        document({"A": {"anyOf": [{"type": "array", "items": {"const": n}} for n in range(2_000)]}}),
    )
    yield (
        "one-of-1000",
        document(
            {
                "A": {
                    "oneOf": [
                        {"type": "object", "required": ["k"], "properties": {"k": {"const": f"c{n}"}}}
                        for n in range(1_000)
                    ]
                }
            }
        ),
    )
    yield (
        "one-of-1000-alike",
        document(
            {
                "A": {
                    "oneOf": [
                        {"type": "object", "properties": {"k": {"type": "string", "maxLength": n}}}
                        for n in range(1_000)
                    ]
                }
            }
        ),
    )
    yield (
        "one-of-500-references",
        document(
            {
                "A": {"oneOf": [ref(f"B{n}") for n in range(500)]},
                **{f"B{n}": {"type": "object", "properties": {f"q{n}": {"type": "string"}}} for n in range(500)},
            }
        ),
    )
    yield (
        "one-of-500-tagged",
        document(
            {
                "A": {"oneOf": [ref(f"B{n}") for n in range(500)], "discriminator": {"propertyName": "k"}},
                **{
                    f"B{n}": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}}
                    for n in range(500)
                },
            }
        ),
    )
    yield (
        "inheritance-500",
        document(
            {
                "A": {
                    "type": "object",
                    "required": ["k"],
                    "properties": {"k": {"type": "string"}},
                    "discriminator": {"propertyName": "k"},
                },
                **{f"B{n}": {"allOf": [ref("A"), {"properties": {"x": {"type": "string"}}}]} for n in range(500)},
            }
        ),
    )
    yield (
        "inheritance-chain-100",
        document(
            {
                "A0": {
                    "type": "object",
                    "required": ["k"],
                    "properties": {"k": {"type": "string"}},
                    "discriminator": {"propertyName": "k"},
                },
                **{
                    f"A{n}": {
                        "allOf": [ref(f"A{n - 1}"), {"properties": {f"x{n}": {"type": "string"}}}],
                        "discriminator": {"propertyName": "k"},
                    }
                    for n in range(1, 100)
                },
            }
        ),
    )
    yield (
        "everything-knows-everything",
        document(
            {f"A{n}": {"type": "object", "properties": {f"p{m}": ref(f"A{m}") for m in range(150)}} for n in range(150)}
        ),
    )
    yield (
        "cycle-of-2000",
        document(
            {f"A{n}": {"type": "object", "properties": {"next": ref(f"A{(n + 1) % 2_000}")}} for n in range(2_000)}
        ),
    )
    yield (
        "cycle-of-aliases-500",
        document({f"A{n}": {"type": "array", "items": ref(f"A{(n + 1) % 500}")} for n in range(500)}),
    )
    yield (
        "dependent-schemas-500",
        document(
            {
                "A": {
                    "type": "object",
                    "properties": {f"p{n}": {} for n in range(500)},
                    "dependentSchemas": {f"p{n}": {"required": [f"p{(n + 1) % 500}"]} for n in range(500)},
                }
            }
        ),
    )
    yield (
        "conditions-500",
        document(
            {
                "A": {
                    "allOf": [
                        {"if": {"properties": {"k": {"const": n}}}, "then": {"required": [f"p{n}"]}} for n in range(500)
                    ]
                }
            }
        ),
    )


def _loops() -> Cases:
    yield "loop-self", document({"A": ref("A")})
    yield "loop-two", document({"A": ref("B"), "B": ref("A")})
    yield "loop-encoded", document({"A": {"$ref": "#/components/schemas/%41"}})
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield f"loop-{keyword}", document({"A": {keyword: [ref("A")]}})
        yield (
            f"loop-{keyword}-beside",
            document(
                {
                    "A": {
                        "type": "object",
                        "properties": {"a": {"type": "string"}},
                        keyword: [ref("A"), {"minProperties": 1}],
                    }
                }
            ),
        )
        yield f"loop-{keyword}-two", document({"A": {keyword: [ref("B")]}, "B": {keyword: [ref("A")]}})
    for keyword in (
        "not",
        "items",
        "additionalProperties",
        "if",
        "contains",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "then",
    ):
        yield f"loop-{keyword}", document({"A": {keyword: ref("A")}})
        yield f"loop-{keyword}-two", document({"A": {keyword: ref("B")}, "B": {"allOf": [ref("A")]}})
    yield "loop-required", document({"A": {"type": "object", "required": ["a"], "properties": {"a": ref("A")}}})
    yield "loop-not-with-any-of", document({"A": {"anyOf": [{"not": ref("A")}, {"type": "string"}]}})
    yield "loop-if-then-else", document({"A": {"if": ref("A"), "then": ref("A"), "else": ref("A")}})
    yield "loop-tuple", document({"A": {"type": "array", "prefixItems": [ref("A")], "minItems": 1, "items": False}})
    yield (
        "loop-all-of-property",
        document({"A": {"allOf": [{"properties": {"a": {"allOf": [ref("A"), {"required": ["b"]}]}}}]}}),
    )
    yield (
        "loop-grows",
        document(
            {"A": {"type": "object", "properties": {"a": {"allOf": [ref("A"), {"properties": {"b": ref("A")}}]}}}}
        ),
    )
    yield (
        "loop-grows-twice",
        document(
            {
                "A": {"allOf": [ref("B"), {"properties": {"a": ref("A")}}]},
                "B": {"properties": {"a": {"allOf": [ref("A"), ref("B")]}}},
            }
        ),
    )
    yield (
        "loop-discriminator",
        document({"A": {"oneOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "k"}}, "B": ref("A")}),
    )
    yield "loop-dynamic", document({"A": {"$dynamicAnchor": "n", "$dynamicRef": "#n"}})
    yield (
        "loop-dynamic-two",
        document(
            {
                "A": {"$id": "https://x.example/a", "$dynamicAnchor": "n", "allOf": [{"$ref": "b"}]},
                "B": {"$id": "https://x.example/b", "$dynamicAnchor": "n", "allOf": [{"$dynamicRef": "a#n"}]},
            }
        ),
    )
    yield "loop-anchor", document({"A": {"$anchor": "a", "$ref": "#a"}})
    yield "loop-to-root", document({"A": {"$ref": "#"}})
    yield (
        "loop-through-properties",
        document({"A": {"$ref": "#/components/schemas/A/properties/a", "properties": {"a": ref("A")}}}),
    )
    yield "loop-inside-itself", document({"A": {"$ref": "#/components/schemas/A/$ref"}})
    yield (
        "loop-deeper",
        document({"A": {"properties": {"a": {"$ref": "#/components/schemas/A/properties/a/properties/a"}}}}),
    )
    for kind in (
        "parameters",
        "responses",
        "requestBodies",
        "headers",
        "securitySchemes",
        "examples",
        "links",
        "callbacks",
        "pathItems",
    ):
        loops = {"A": {"$ref": f"#/components/{kind}/B"}, "B": {"$ref": f"#/components/{kind}/A"}}
        uses: dict[str, Json] = {
            "parameters": operation(parameters=[{"$ref": "#/components/parameters/A"}]),
            "responses": {"responses": {"200": {"$ref": "#/components/responses/A"}}},
            "requestBodies": operation(requestBody={"$ref": "#/components/requestBodies/A"}),
            "headers": {
                "responses": {"200": {"description": "x", "headers": {"X": {"$ref": "#/components/headers/A"}}}}
            },
            "examples": operation(
                parameters=[
                    {"name": "q", "in": "query", "schema": {}, "examples": {"e": {"$ref": "#/components/examples/A"}}}
                ]
            ),
            "links": {"responses": {"200": {"description": "x", "links": {"l": {"$ref": "#/components/links/A"}}}}},
            "callbacks": operation(callbacks={"c": {"$ref": "#/components/callbacks/A"}}),
        }
        paths = {
            "/a": {"$ref": "#/components/pathItems/A"} if kind == "pathItems" else {"get": uses.get(kind, operation())}
        }
        yield f"loop-of-{kind}", document(paths=paths, components={kind: loops})
        yield f"loop-of-own-{kind}", document(paths=paths, components={kind: {"A": {"$ref": f"#/components/{kind}/A"}}})
    yield "loop-of-paths", document(paths={"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}})
    yield (
        "loop-callback-in-itself",
        document(paths={"/a": {"post": operation(callbacks={"c": {"{$url}": {"$ref": "#/paths/~1a"}}})}}),
    )
    files = {
        "openapi.json": json.dumps(document({"A": {"$ref": "b.json#/B"}})).encode(),
        "b.json": b'{"B": {"$ref": "openapi.json#/components/schemas/A"}}',
    }
    yield "loop-of-files", Hostile("loop-of-files", files)
    whole = {
        "openapi.json": json.dumps(document({"A": {"$ref": "b.json"}})).encode(),
        "b.json": b'{"$ref": "c.json"}',
        "c.json": b'{"$ref": "b.json"}',
    }
    yield "loop-of-whole-files", Hostile("loop-of-whole-files", whole)
    chain = {
        "openapi.json": json.dumps(document({"A": {"$ref": "f0.json"}})).encode(),
        **{f"f{n}.json": json.dumps({"properties": {"a": {"$ref": f"f{n + 1}.json"}}}).encode() for n in range(300)},
        "f300.json": b'{"type": "string"}',
    }
    yield "chain-of-files", Hostile("chain-of-files", chain)


TARGETS = (
    "file:///etc/passwd", "file://localhost/etc/passwd", "file:/etc/passwd", "FILE:///etc/passwd", "/etc/passwd", "//etc/passwd",
    "../../../../../../../../etc/passwd", "..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..\\..\\..\\etc\\passwd", "\\\\host\\share\\x", "C:\\Windows\\win.ini", "C:/Windows/win.ini", "./../../etc/hostname", "~/.ssh/id_rsa",
    "$HOME/.bashrc", "/dev/zero", "/dev/stdin", "/dev/random", "/proc/self/environ", "/proc/self/mem", "/dev/fd/0", ".", "..", "/", "./",
    "http://127.0.0.1:9/x.json", "https://127.0.0.1/x.json", "http://localhost/x.json", "http://[::1]/x", "http://0x7f000001/", "http://2130706433/",
    "http://169.254.169.254/latest/meta-data/", "http://user:password@127.0.0.1/", "//127.0.0.1/x.json", "ftp://127.0.0.1/x", "data:application/json,{}",
    "javascript:alert(1)", "gopher://127.0.0.1:9/_x", "jar:file:///x!/y", "php://filter/x", "urn:uuid:x", "ldap://127.0.0.1/", "unix:///var/run/docker.sock",
    "http://", "http:///x", "http://[", "https://exa mple/", "?", "#", "", " ", "#/", "#//", "#/components", "#/components/schemas", "#/info", "#/info/title", "#/paths",
    "#/openapi", "#/components/schemas/Nothing", "#/components/schemas/A/nothing", "#/components/schemas/~2", "#/components/schemas/%zz",
    "#/components/schemas/%00", "#components/schemas/A", "components/schemas/A", "A", "#A", "#/components/responses/R", "#/components/parameters/P",
    "missing.json", "missing.json#/A", "pipe.json", "link.json", "directory", "binary.bin", "big.json", "a\0b.json", "a\nb.json", "x" * 5_000 + ".json", "#" + "/a" * 50_000,
    "openapi.json#/info", "OPENAPI.JSON", "./openapi.json", "openapi.json/", "openapi.json/../openapi.json", "link-folder/passwd", "link-out.json",
)  # fmt: skip


def _references() -> Cases:
    for number, target in enumerate(TARGETS):
        responses = {"R": {"description": "x"}}
        parameters = {"P": {"name": "q", "in": "query", "schema": {}}}
        content = document(
            {"A": {"type": "object", "properties": {"a": {"$ref": target}}}},
            components={"responses": responses, "parameters": parameters},
        )
        content["components"]["schemas"] = {"A": {"type": "object", "properties": {"a": {"$ref": target}}}}
        files = {
            "openapi.json": json.dumps(content).encode(),
            "directory/x": b"",
            "binary.bin": random.Random(5).randbytes(100),
            "big.json": b" " * (21 * 1024 * 1024) if target == "big.json" else b"{}",
        }
        links = {"link.json": "/etc/passwd", "link-folder": "/etc", "link-out.json": "../../outside.json"}
        yield "", Hostile(f"reference-{number}", files, links, ("pipe.json",))
    for number, target in enumerate((None, 1, True, [], {}, ["#/a"], {"$ref": "#"})):
        yield (
            f"reference-of-type-{number}",
            document({"A": {"$ref": target}, "B": {"properties": {"a": {"$ref": target}}}}),
        )
    for kind in (
        "parameters",
        "responses",
        "requestBody",
        "pathItem",
        "header",
        "securityScheme",
        "link",
        "callback",
        "example",
        "mapping",
        "operationRef",
        "externalValue",
    ):
        for number, target in enumerate(
            (
                "file:///etc/passwd",
                "../../etc/passwd",
                "http://127.0.0.1:9/x",
                "#/info",
                "#/components/schemas/A",
                "#/nothing",
                "missing.json",
            )
        ):
            yield f"reference-{kind}-{number}", _reference_from(kind, target)


def _reference_from(kind: str, target: str) -> Json:
    schemas: Json = {"A": {"type": "object", "properties": {"k": {"type": "string"}}}}
    match kind:
        case "parameters":
            return document(schemas, {"/a": {"get": operation(parameters=[{"$ref": target}])}})
        case "responses":
            return document(schemas, {"/a": {"get": {"responses": {"200": {"$ref": target}}}}})
        case "requestBody":
            return document(schemas, {"/a": {"post": operation(requestBody={"$ref": target})}})
        case "pathItem":
            return document(schemas, {"/a": {"$ref": target}})
        case "header":
            return document(
                schemas,
                {"/a": {"get": {"responses": {"200": {"description": "x", "headers": {"X": {"$ref": target}}}}}}},
            )
        case "securityScheme":
            return document(schemas, components={"securitySchemes": {"S": {"$ref": target}}}, security=[{"S": []}])
        case "link":
            return document(
                schemas, {"/a": {"get": {"responses": {"200": {"description": "x", "links": {"l": {"$ref": target}}}}}}}
            )
        case "operationRef":
            return document(
                schemas,
                {"/a": {"get": {"responses": {"200": {"description": "x", "links": {"l": {"operationRef": target}}}}}}},
            )
        case "callback":
            return document(schemas, {"/a": {"get": operation(callbacks={"c": {"$ref": target}})}})
        case "example":
            return document(
                schemas,
                {
                    "/a": {
                        "get": operation(
                            parameters=[{"name": "q", "in": "query", "schema": {}, "examples": {"e": {"$ref": target}}}]
                        )
                    }
                },
            )
        case "externalValue":
            return document(
                schemas,
                {
                    "/a": {
                        "get": operation(
                            parameters=[
                                {"name": "q", "in": "query", "schema": {}, "examples": {"e": {"externalValue": target}}}
                            ]
                        )
                    }
                },
            )
        case _:
            schemas["B"] = {"oneOf": [ref("A")], "discriminator": {"propertyName": "k", "mapping": {"x": target}}}
            return document(schemas)


DEVICES = ("CON", "con", "PRN", "AUX", "NUL", "nul", "COM1", "com9", "LPT1", "CON.txt", "CLOCK$", "aux.py")
ALIKE = ("Pet", "pet", "PET", "pEt", "Pet_", "_Pet", "__Pet__", "Pet-", "pe-t", "pe_t", "PeT", "ｐｅｔ", "𝗉𝖾𝗍", "Pét", "Pe\u0301t", "ﬁ", "fi", "ﬀ", "ff", "ß", "ss", "ẞ", "ſ", "s", "K", "k", "İ", "i", "ı", "Σ", "σ", "ς", "µ", "μ", "Å", "Å", "²", "2", "Ⅷ", "VIII", "", " ", "  ", "\t", "\n", "\u200b", "\u00ad", ".", "..", "...", "-", "--", "_", "__", "$", "$$", "@", "😀", "😁", "0", "00", "٠", "1", "١", "True", "true", "None", "null", "__init__", "__init__.py", "__pycache__", "_runtime", "schemas", "client", "server", "operations", "errors", "py", "index", "default", "Default", "model", "Model", "class", "Class", "CLASS", "self", "cls", "a/b", "a\\b", "a:b", "a*b", "a?b", 'a"b', "a<b", "a>b", "a|b", "C:", "/", "//", "~", "~0", "~1", "%41", "A", "a")  # fmt: skip


def _names() -> Cases:
    shape = {"type": "object", "properties": {"a": {"type": "string"}}}
    for label, names in (("devices", DEVICES), ("alike", ALIKE), ("cases", tuple(_cases("abcdefgh", 200)))):
        yield f"names-{label}-schemas", document({name: shape for name in names})
        yield (
            f"names-{label}-properties",
            document({"A": {"type": "object", "properties": {name: shape for name in names}, "required": list(names)}}),
        )
        yield f"names-{label}-enum", document({"A": {"type": "string", "enum": list(dict.fromkeys(names))}})
        yield (
            f"names-{label}-hints",
            document({"A": {"type": "integer", "enum": list(range(len(names))), "x-enum-varnames": list(names)}}),
        )
        yield (
            f"names-{label}-tags",
            document(paths={f"/a{n}": {"get": operation(tags=[name])} for n, name in enumerate(names)}),
        )
        yield (
            f"names-{label}-operations",
            document(paths={f"/a{n}": {"get": operation(operationId=name)} for n, name in enumerate(names)}),
        )
        yield (
            f"names-{label}-paths",
            document(paths={f"/{name.replace('{', '')}": {"get": operation()} for name in names}),
        )
        for place in ("query", "header", "cookie"):
            yield (
                f"names-{label}-{place}",
                document(
                    paths={
                        "/a": {
                            "get": operation(
                                parameters=[
                                    {
                                        "name": name,
                                        "in": place,
                                        "schema": shape if place == "query" else {"type": "string"},
                                    }
                                    for name in names
                                ]
                            )
                        }
                    }
                ),
            )
        usable = [name for name in names if "{" not in name and name]
        yield (
            f"names-{label}-slots",
            document(
                paths={
                    "/" + "/".join(f"{{{name}}}" for name in usable): {
                        "get": operation(
                            parameters=[
                                {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                                for name in usable
                            ]
                        )
                    }
                }
            ),
        )
        yield (
            f"names-{label}-schemes",
            document(
                components={
                    "securitySchemes": {
                        name: {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n, name in enumerate(names)
                    }
                },
                security=[{name: []} for name in names],
            ),
        )
        yield (
            f"names-{label}-titles",
            document(
                {"A": {"oneOf": [{"title": name, **shape, "required": [f"r{n}"]} for n, name in enumerate(names)]}}
            ),
        )
        yield (
            f"names-{label}-definitions",
            document(
                {
                    "A": {
                        "$defs": {name: shape for name in names},
                        "properties": {
                            f"p{n}": {
                                "$ref": "#/components/schemas/A/$defs/"
                                + name.replace("~", "~0").replace("/", "~1").replace("%", "%25")
                            }
                            for n, name in enumerate(names)
                        },
                    }
                }
            ),
        )
        yield (
            f"names-{label}-mapping",
            document(
                {
                    "A": {
                        "oneOf": [ref("B"), ref("C")],
                        "discriminator": {"propertyName": "k", "mapping": {name: "B" for name in names}},
                    },
                    "B": shape,
                    "C": shape,
                }
            ),
        )
        yield (
            f"names-{label}-headers",
            document(
                paths={
                    "/a": {
                        "get": {
                            "responses": {
                                "200": {
                                    "description": "x",
                                    "headers": {name: {"schema": {"type": "string"}} for name in names},
                                }
                            }
                        }
                    }
                }
            ),
        )
        yield (
            f"names-{label}-parts",
            document(
                paths={
                    "/a": {
                        "post": operation(
                            requestBody={
                                "content": {
                                    "multipart/form-data": {
                                        "schema": {
                                            "type": "object",
                                            "properties": {name: {"type": "string"} for name in names},
                                        }
                                    }
                                }
                            }
                        )
                    }
                }
            ),
        )
        yield f"names-{label}-webhooks", document(webhooks={name: {"post": operation()} for name in names})
        yield (
            f"names-{label}-callbacks",
            document(
                paths={"/a": {"post": operation(callbacks={name: {"{$url}": {"post": operation()}} for name in names})}}
            ),
        )
        yield (
            f"names-{label}-media",
            document(
                paths={
                    "/a": {
                        "post": operation(
                            requestBody={"content": {f"text/{name}": {"schema": {"type": "string"}} for name in names}}
                        )
                    }
                }
            ),
        )
    yield (
        "paths-of-symbols",
        document(
            paths={
                path: {"get": operation()}
                for path in (
                    "/",
                    "//",
                    "///",
                    "/-",
                    "/.",
                    "/..",
                    "/...",
                    "/$",
                    "/{a}",
                    "/{a}{b}",
                    "/{a}-{b}",
                    "/{ }",
                    "/{}",
                    "/{",
                    "/}",
                    "/{{a}}",
                    "/}{",
                    "/*",
                    "/**",
                    "/:a",
                    "/?",
                    "/?a=b",
                    "/#",
                    "/#a",
                    "/%",
                    "/%2F",
                    "/%zz",
                    "/a b",
                    "/a\tb",
                    "/a\nb",
                    "/\0",
                    "/é",
                    "/日本",
                    "/😀",
                    "/\u202e",
                    "/a;b",
                    "/a,b",
                    "/~",
                    "/\\",
                    "",
                    "a",
                    "a/b",
                    " /a",
                )
            }
        ),
    )
    yield "paths-alike", document(paths={f"/{'{' + name + '}'}": {"get": operation()} for name in ("a", "b", "A", "é")})
    yield (
        "paths-climbing",
        document(
            paths={
                path: {"get": operation()}
                for path in (
                    "/../a",
                    "/a/../b",
                    "/./a",
                    "/a/..",
                    "/%2e%2e/a",
                    "//host/a",
                    "/\\host/a",
                    "/@host",
                    "/:80/a",
                )
            }
        ),
    )
    yield (
        "everything-twice",
        document(
            {"A": {"type": "object", "required": ["a", "a"], "properties": {"a": {"enum": ["x", "x"]}}}},
            {
                "/a": {
                    "get": operation(
                        operationId="same", tags=["t", "t"], parameters=[{"name": "q", "in": "query", "schema": {}}] * 2
                    )
                },
                "/b": {"get": operation(operationId="same")},
            },
            tags=[{"name": "t"}] * 2,
            servers=[{"url": "/"}] * 2,
        ),
    )
    yield (
        "extensions-that-name-code",
        document(
            {
                "A": {
                    "type": "object",
                    "x-python-type": "os.system",
                    "x-python-import": "os\nimport evil",
                    "x-go-type-import": {"path": "evil"},
                    "customTypePath": "evil.Type",
                    "customBasePath": "evil.Base",
                    "default_factory": "evil",
                    "x-enum-varnames": ["a b", "import os"],
                    "properties": {"a": {"type": "integer", "x-python-type": "evil()", "minimum": 1}},
                }
            }
        ),
    )


def _bare() -> Cases:
    for number, value in enumerate(
        (
            "__import__('os').system('touch owned')",
            "1; evil()",
            "1e5",
            "0x10",
            None,
            True,
            [],
            {},
            -1,
            0,
            1.5,
            1e308,
            -1e308,
            1e-320,
            10**400,
            -(10**400),
            2**63,
            2**31,
            -0.0,
        )
    ):
        bounds = {
            key: value
            for key in (
                "minimum",
                "maximum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf",
                "minLength",
                "maxLength",
                "minItems",
                "maxItems",
                "minProperties",
                "maxProperties",
                "minContains",
                "maxContains",
            )
        }
        yield (
            f"bounds-{number}",
            document(
                {
                    kind: {"type": kind, "contains": {}, **bounds}
                    for kind in ("string", "integer", "number", "array", "object")
                }
                | {"any": bounds}
            ),
        )
        for key in bounds:
            yield (
                f"bound-{key}-{number}",
                document(
                    {
                        "A": {"type": "number" if "M" in key or key == "multipleOf" else "string", key: value},
                        "B": {key: value},
                        "C": {"type": "integer", key: value},
                    }
                ),
            )
        flags = {
            key: value
            for key in (
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
                "const",
                "default",
                "title",
                "description",
                "items",
                "properties",
                "allOf",
                "oneOf",
                "not",
                "$defs",
                "discriminator",
                "xml",
                "examples",
                "contentEncoding",
            )
        }
        for key in flags:
            yield (
                f"keyword-{key}-{number}",
                document(
                    {
                        "A": {"type": "object", "properties": {"a": {key: value}, "b": {"type": "string", key: value}}},
                        "B": {key: value},
                    }
                ),
            )
        yield (
            f"status-{number}",
            document(
                paths={
                    "/a": {
                        "get": {
                            "responses": {
                                str(value): {
                                    "description": "x",
                                    "content": {"application/json": {"schema": {"type": "string"}}},
                                }
                            }
                        }
                    }
                }
            ),
        )
        for key in (
            "name",
            "in",
            "required",
            "style",
            "explode",
            "allowReserved",
            "schema",
            "content",
            "deprecated",
            "allowEmptyValue",
            "example",
            "examples",
        ):
            yield (
                f"parameter-{key}-{number}",
                document(
                    paths={
                        "/a": {
                            "get": operation(
                                parameters=[{"name": "q", "in": "query", "schema": {"type": "string"}, key: value}]
                            )
                        }
                    }
                ),
            )
        for key in (
            "tags",
            "summary",
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "callbacks",
            "deprecated",
            "security",
            "servers",
            "externalDocs",
        ):
            yield f"operation-{key}-{number}", document(paths={"/a": {"get": operation() | {key: value}}})
        for key in (
            "info",
            "paths",
            "components",
            "servers",
            "security",
            "tags",
            "webhooks",
            "externalDocs",
            "jsonSchemaDialect",
            "$self",
        ):
            yield f"document-{key}-{number}", document() | {key: value}


def _patterns() -> Cases:
    patterns = (
        "((a+)+)+$", "(a|a)*b", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?:(?:(?:x{1000}){1000}){1000}){1000}", "a{99999999999}", "a{2147483648}", "x{0,65536}{0,65536}", "(" * 5_000 + ")" * 5_000, "(?:" * 2_000 + "a" + ")*" * 2_000,
        "[" * 1_000, "(", ")", "*", "+", "?", "a**", "\\", "\\\\", "[z-a]", "[", "(?<n>a)(?<n>b)", "\\k<n>", "\\1", "(a)\\1" * 500, "(?<=a+)b", "(?<!a{1,5})b", "(?=(a+))a*b\\1", "\\p{L}+", "\\p{Nothing}", "\\u{110000}", "\\u{1F600}", "\\ud800", "\\cA", "\\c", "\\x4", "\\8", "\\-",
        "(?i)a", "(?#comment)", "(?P<x>a)", "(?P=x)", "(?>a+)b", "a++", "\\Aa\\Z", "[[:alpha:]]", "[\\w-a]", "[a&&b]", "[a--b]", "\\N{BULLET}", "$^", "\\b", "\\B", "a\nb", "a\0b", "\u2028", "😀", "[😀-😂]", "|".join(f"word{n}" for n in range(10_000)), "a" * 500_000, "." * 10_000, "(?:a?){100}a{100}", "(.*)*" * 100, "[\\s\\S]*" * 200, "a|" * 50_000,
    )  # fmt: skip
    for number, pattern in enumerate(patterns):
        yield (
            f"pattern-{number}",
            document(
                {
                    "A": {
                        "type": "string",
                        "pattern": pattern,
                        "default": "a" * 40 + "!",
                        "enum": ["a" * 40 + "!", "b"],
                    },
                    "B": {
                        "type": "object",
                        "properties": {"a" * 40 + "!": {"type": "string"}},
                        "patternProperties": {pattern: {"type": "integer"}},
                        "additionalProperties": False,
                    },
                    "C": {"anyOf": [{"type": "string", "pattern": pattern}, {"const": "a" * 40 + "!"}]},
                },
                {
                    "/a": {
                        "get": operation(
                            parameters=[
                                {
                                    "name": "q",
                                    "in": "query",
                                    "schema": {"type": "string", "pattern": pattern, "default": "a" * 40 + "!"},
                                }
                            ]
                        )
                    }
                },
            ),
        )


def _odd() -> Cases:
    yield (
        "impossible",
        document(
            {
                "A": {"type": "object", "required": ["a"], "properties": {"a": False}},
                "B": {"enum": []},
                "C": {"type": []},
                "D": {"allOf": [{"type": "string"}, {"type": "integer"}]},
                "E": {"const": 1, "enum": [2]},
                "F": False,
                "G": {"not": {}},
                "H": {"minimum": 5, "maximum": 1},
                "I": {"type": "array", "prefixItems": [False], "minItems": 1},
            }
        ),
    )
    yield (
        "unknown-types",
        document(
            {
                "A": {"type": "text"},
                "B": {"type": ["text", "string"]},
                "C": {"type": "String"},
                "D": {"type": "file"},
                "E": {"type": "any"},
                "F": {"type": ""},
            }
        ),
    )
    yield (
        "nested-arrays",
        document(
            {
                "A": {"type": "array"},
                "B": {"type": "array", "items": []},
                "C": {"type": "array", "items": [{"type": "string"}]},
                "D": {"type": "array", "prefixItems": []},
            }
        ),
    )
    yield (
        "media-types",
        document(
            paths={
                "/a": {
                    "post": operation(
                        requestBody={
                            "content": {
                                name: {"schema": {"type": "string"}}
                                for name in (
                                    "",
                                    " ",
                                    "/",
                                    "a",
                                    "a/",
                                    "/b",
                                    "a/b/c",
                                    "*/*",
                                    "text/*",
                                    "application/json; charset=utf-8",
                                    'a/b; c="\n"',
                                    "a/b\r\nX: y",
                                    "é/ü",
                                    "application/json;",
                                    "APPLICATION/JSON",
                                )
                            }
                        }
                    )
                }
            }
        ),
    )
    yield (
        "servers",
        document(
            servers=[
                {"url": url}
                for url in (
                    "",
                    "/",
                    "//",
                    "http://",
                    "https://[",
                    "javascript:alert(1)",
                    "file:///etc",
                    "{",
                    "{}",
                    "{a}",
                    "https://{a}/{a}",
                    "https://x\r\nY: z",
                    "https://x/#a?b",
                    "https://u:p@x",
                    "\0",
                    "..",
                    "https://é",
                    "https://x:99999",
                )
            ]
        ),
    )
    yield (
        "security-schemes",
        document(
            components={
                "securitySchemes": {
                    "a": {},
                    "b": {"type": "other"},
                    "c": {"type": "apiKey"},
                    "d": {"type": "apiKey", "in": "body", "name": "\r\nX: y"},
                    "e": {"type": "http"},
                    "f": {"type": "http", "scheme": "x\r\ny"},
                    "g": {"type": "oauth2"},
                    "h": {"type": "oauth2", "flows": {"x": {}}},
                    "i": {"type": "openIdConnect", "openIdConnectUrl": "file:///etc/passwd"},
                    "j": None,
                    "k": [],
                    "l": {"type": "apiKey", "in": "header", "name": "é"},
                }
            },
            security=[{name: [] for name in "abcdefghijklmn"}],
            paths={"/a": {"get": operation()}},
        ),
    )
    yield (
        "headers",
        document(
            paths={
                "/a": {
                    "get": operation(
                        parameters=[
                            {"name": name, "in": "header", "schema": {"type": "string"}}
                            for name in (
                                "Content-Type",
                                "Accept",
                                "Authorization",
                                "Host",
                                "X\r\nY",
                                "X:",
                                "é",
                                "Content-Length",
                                "Cookie",
                                "Set-Cookie",
                            )
                        ]
                    )
                }
            }
        ),
    )
    yield (
        "statuses",
        document(
            paths={
                "/a": {
                    "get": {
                        "responses": {
                            status: {"description": "x"}
                            for status in (
                                "200",
                                "2XX",
                                "2xx",
                                "default",
                                "0",
                                "99",
                                "600",
                                "1000",
                                "-1",
                                "20",
                                "2000",
                                "XXX",
                                "x-a",
                                "200 ",
                                "",
                                "2X0",
                                "²00",
                                "٢٠٠",
                            )
                        }
                    }
                }
            }
        ),
    )
    yield (
        "methods",
        document(
            paths={
                "/a": {
                    method: operation()
                    for method in (
                        "get",
                        "GET",
                        "Get",
                        "connect",
                        "query",
                        "link",
                        "\r\n",
                        "",
                        "trace",
                        "x-get",
                        "$ref ",
                    )
                }
            }
        ),
    )
    yield (
        "discriminators",
        document(
            {
                "A": {"discriminator": {"propertyName": "k"}},
                "B": {"oneOf": [ref("C"), {"type": "string"}], "discriminator": {"propertyName": "k"}},
                "C": {"type": "object", "properties": {"k": {"type": "integer"}}},
                "D": {
                    "oneOf": [ref("C"), ref("C")],
                    "discriminator": {"propertyName": "missing", "mapping": {"a": "Nothing", "b": "#/nothing"}},
                },
                "E": {"oneOf": [{"$ref": "#/components/schemas/C"}], "discriminator": "k"},
                "F": {"oneOf": [], "discriminator": {}},
            }
        ),
    )
    yield (
        "empty-everything",
        document(
            {"A": {}, "": {}},
            {"/": {}, "/a": {"get": {}}, "/b": {"parameters": []}},
            components={"parameters": {}, "responses": {"": {}}},
            webhooks={},
            tags=[],
            servers=[],
            security=[],
        ),
    )
    yield (
        "swagger-odd",
        {
            "swagger": "2.0",
            "info": {"title": "x", "version": "1"},
            "host": "a b/../c",
            "basePath": "..",
            "schemes": ["file", 1, None],
            "consumes": ["\r\n"],
            "paths": {
                "/a": {
                    "post": {
                        "parameters": [
                            {"name": "b", "in": "body", "schema": {"$ref": "#/definitions/A"}},
                            {"name": "b", "in": "body", "schema": {}},
                            {"name": "f", "in": "formData", "type": "file"},
                            {"name": "g", "in": "formData", "type": "array", "items": {"type": "array", "items": {}}},
                            {"in": "body"},
                            {"name": "x"},
                            None,
                        ],
                        "responses": {"200": {"schema": {"type": "file"}}, "x": None},
                    }
                }
            },
            "definitions": {
                "A": {"discriminator": "k"},
                "B": None,
                "C": [],
                "": {"allOf": [{"$ref": "#/definitions/"}]},
            },
            "securityDefinitions": {"a": {"type": "oauth2", "flow": "x"}},
        },
    )
    for number in range(40):
        yield f"noise-{number}", _noise(random.Random(number))


_WORDS = ("openapi", "info", "paths", "/a", "/{a}", "get", "post", "parameters", "name", "in", "path", "query", "schema", "type", "object", "array", "string", "integer", "items", "properties", "allOf", "oneOf", "anyOf", "not", "$ref", "#/components/schemas/A", "#/components/schemas/B", "components", "schemas", "A", "B", "enum", "const", "default", "required", "responses", "200", "default", "content", "application/json", "description", "additionalProperties", "discriminator", "propertyName", "mapping", "nullable", "format", "pattern", "security", "securitySchemes", "headers", "callbacks", "servers", "url", "tags", "$defs", "$id", "$anchor", "$dynamicRef", "if", "then", "else", "prefixItems", "minItems", "maximum")  # fmt: skip


def _noise(random_: random.Random) -> Json:
    """Return words of OpenAPI, put together without sense."""

    def value(depth: int) -> Any:
        kind = random_.random()
        if depth > 6 or kind < 0.3:
            return random_.choice((*_WORDS, None, True, False, 0, 1, -1, 1.5, "", [], {}))
        if kind < 0.45:
            return [value(depth + 1) for _ in range(random_.randrange(4))]
        return {random_.choice(_WORDS): value(depth + 1) for _ in range(random_.randrange(6))}

    noise = {key: value(0) for key in ("paths", "components", "servers", "tags", "security", "webhooks")}
    schemas = {"A": value(1), "B": value(1)}
    return (
        document() | noise | {"components": {"schemas": schemas}, "paths": {"/a": {"get": value(1)}, "/{a}": value(1)}}
    )


_FAMILIES: tuple[Callable[[], Cases], ...] = (
    _bytes,
    _versions,
    _yaml,
    _json,
    _sizes,
    _depth,
    _products,
    _loops,
    _references,
    _names,
    _bare,
    _patterns,
    _odd,
)
