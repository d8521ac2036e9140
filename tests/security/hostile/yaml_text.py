"""What YAML can do that no document needs, and what it can be broken by."""

from __future__ import annotations

from collections.abc import Iterable

from security.hostile.case import HEAD, Cases

_TAGS = (
    "!!python/object/apply:os.system ['touch owned']",
    "!!python/object/new:os.system ['touch owned']",
    "!!python/object/apply:subprocess.Popen [['touch', 'owned']]",
    "!!python/name:os.system ''",
    "!!python/module:os ''",
    "!!python/tuple [a]",
    "!!binary aGk=",
    "!!set {a}",
    "!!omap [a: 1]",
    "!own x",
    "!!timestamp 2020-01-01",
    "!<tag:x,2020:y> z",
    "!!js/function 'x'",
    "!!float abc",
    "!!int abc",
    "!!null x",
    "!!str 1",
    "!include /etc/passwd",
    "!ENV ${HOME}",
    "!!merge <<",
)


def bombs() -> Cases:
    nine = [", ".join([f"*a{n - 1}"] * 9) for n in range(10)]
    yield "alias-bomb", _below("x-0: &a0 [lol]", (f"x-{n}: &a{n} [{nine[n]}]" for n in range(1, 10)))
    yield (
        "alias-bomb-mappings",
        _below("x-0: &a0 {k: 1}", (f"x-{n}: &a{n} {{a: *a{n - 1}, b: *a{n - 1}, c: *a{n - 1}}}" for n in range(1, 30))),
    )
    yield (
        "alias-bomb-of-schemas",
        _below(
            "components: {schemas: {S0: &a0 {type: string},",
            (f" S{n}: &a{n} {{type: object, properties: {{x: *a{n - 1}, y: *a{n - 1}}}}}," for n in range(1, 40)),
            "}}",
        ),
    )
    yield (
        "alias-bomb-of-text",
        _below(f"x-0: &a0 {'lol' * 100_000}", (f"x-{n}: &a{n} [{nine[n]}]" for n in range(1, 5))),
    )
    yield "merge-bomb", _below("x-0: &a0 {k: 1}", (f"x-{n}: &a{n} {{<<: [{nine[n]}], k{n}: 1}}" for n in range(1, 10)))
    keys = ", ".join(f"k{n}: 1" for n in range(1_000))
    yield "merge-1000-times-1000", _below(f"x-0: &a {{{keys}}}", (f"x-{n}: {{<<: *a}}" for n in range(1, 1_000)))
    yield (
        "alias-tree",
        _below("x-0: &a0 {k: 1}", (f"x-{n}: &a{n} {{a: *a{n - 1}, b: *a{n - 1}}}" for n in range(1, 60))),
    )
    yield "alias-chain", _below("x-0: &a0 {k: 1}", (f"x-{n}: &a{n} [*a{n - 1}]" for n in range(1, 5_000)))
    yield "alias-in-itself", f"{HEAD}x-0: &a [*a]\n".encode()
    yield "mapping-in-itself", f"{HEAD}x-0: &a {{b: *a}}\n".encode()
    yield "schema-in-itself", f"{HEAD}components: {{schemas: {{A: &a {{properties: {{b: *a}}}}}}}}\n".encode()
    yield "document-in-itself", f"&a\n{HEAD}x-0: *a\n".encode()
    yield "alias-as-key", f"{HEAD}x-0: &a b\n*a : c\n".encode()
    yield "merge-of-itself", f"{HEAD}x-0: &a {{<<: *a}}\n".encode()
    yield "merge-of-text", f"{HEAD}x-0: {{<<: text}}\n".encode()
    yield "unknown-alias", f"{HEAD}x-0: *nothing\n".encode()
    yield "anchor-twice", f"{HEAD}x-0: &a 1\nx-1: &a 2\nx-2: *a\n".encode()
    yield "many-anchors", _below("", (f"x-{n}: &a{n} {n}" for n in range(50_000)))
    yield "many-aliases", _below("x-0: &a [1]", (f"x-{n}: *a" for n in range(1, 50_000)))


def nesting() -> Cases:
    yield "flow-nested-100000", f"{HEAD}x-deep: {'[' * 100_000}{']' * 100_000}\n".encode()
    yield "flow-maps-nested-100000", f"{HEAD}x-deep: {'{a: ' * 100_000}1{'}' * 100_000}\n".encode()
    yield "flow-open-100000", f"{HEAD}x-deep: {'[' * 100_000}\n".encode()
    yield "flow-maps-open-100000", f"{HEAD}x-deep: {'{' * 100_000}\n".encode()
    yield "flow-closed-100000", f"{HEAD}x-deep: {']' * 100_000}\n".encode()
    yield "dashes-nested-50000", f"{HEAD}x-deep: \n {'- ' * 50_000}a\n".encode()
    yield "dashes-nested-100000", ("- " * 100_000 + "a\n").encode()
    yield "block-nested-2000", _below("x-deep:", (" " * n + "a:" for n in range(1, 2000)))
    yield "question-marks", f"{HEAD}{'? ' * 20_000}a\n".encode()
    yield "colons", (HEAD + "x: " + "a: " * 50_000).encode()
    yield "exclamation-marks", (HEAD + "x: " + "!" * 100_000).encode()
    yield "ampersands", (HEAD + "x: " + "&a " * 50_000).encode()


def tags() -> Cases:
    for number, tag in enumerate(_TAGS):
        yield f"tag-{number}", f"{HEAD}x-tag: {tag}\n".encode()
        yield f"tag-on-schema-{number}", f"{HEAD}components: {{schemas: {{A: {{default: {tag}}}}}}}\n".encode()


def broken_yaml() -> Cases:
    yield "several-documents", f"{HEAD}---\n{HEAD}".encode()
    yield "many-documents", (f"---\n{HEAD}" * 5_000).encode()
    yield "directives", b"%YAML 9.9\n%TAG ! tag:x:\n---\n" + HEAD.encode()
    yield "duplicate-keys", (HEAD + "info: {title: y, version: '2'}\n").encode()
    yield "many-duplicate-keys", (HEAD + "x-a: 1\n" * 50_000).encode()
    yield "lists-as-keys", f"{HEAD}? [a, b]\n: c\n".encode()
    yield "mapping-as-key", f"{HEAD}? {{a: b}}\n: c\n".encode()
    yield "keys-of-all-types", f"{HEAD}x-a: {{~: 1, 1: 2, 1.5: 3, true: 4, 2020-01-01: 5, .nan: 6, [a]: 7}}\n".encode()
    yield "null-key", f"{HEAD}~: c\n".encode()
    yield "tabs", b"openapi: 3.1.0\ninfo:\n\ttitle: x\n"
    yield "unbalanced", b"openapi: 3.1.0\ninfo: {title: x\npaths: ]"
    yield "quote-not-closed", b"openapi: 3.1.0\ninfo: {title: 'x\n" + b"a\n" * 10_000
    yield "escape-unknown", b'openapi: "\\q"\n'
    yield "escapes-of-surrogates", f'{HEAD}x-a: "\\ud800"\n'.encode()
    yield "escapes-of-surrogate-pairs", f'{HEAD}x-a: "\\ud83d\\ude00"\n'.encode()
    yield "escapes-beyond-unicode", f'{HEAD}x-a: "\\UFFFFFFFF"\n'.encode()
    yield "title-surrogate", b'openapi: 3.1.0\ninfo: {title: "\\ud800", version: "1"}\npaths: {}\n'
    yield "long-plain-scalar", f"{HEAD}x-a: {'word ' * 500_000}\n".encode()
    yield "long-folded-scalar", (HEAD + "x-a: >\n" + "  word\n" * 300_000).encode()
    yield "long-key", (HEAD + "k" * 100_000 + ": 1\n").encode()
    yield "many-keys", _below("x-a:", (f"  k{n}: 1" for n in range(200_000)))
    numbers = "1_000, 0o17, 017, 190:20:30, 0b11, .inf, -.INF, .NaN, 1e5, 0xFF, 1e999, 0x" + "f" * 5_000
    yield "numbers-of-yaml-1.1", f"{HEAD}x-a: [{numbers}]\n".encode()
    for number, written in enumerate((".inf", "-.inf", ".nan", "1e999", "0o" + "7" * 400, "9" * 5_000)):
        schema = f"{{type: number, default: {written}, enum: [{written}], maximum: {written}, const: {written}}}"
        yield f"yaml-number-{number}", f"{HEAD}components: {{schemas: {{A: {schema}}}}}\n".encode()
    yield "booleans-of-yaml-1.1", f"{HEAD}x-a: {{no: yes, on: off, y: n}}\n".encode()
    yield "dates", f"{HEAD}x-a: [2020-01-01, 2020-99-99, 2001-12-14t21:59:43.10-05:00]\n".encode()


def _below(first: str, lines: Iterable[str], last: str = "") -> bytes:
    return f"{HEAD}{first}\n".encode() + "\n".join(lines).encode() + f"\n{last}\n".encode()
