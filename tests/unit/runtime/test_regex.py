"""Patterns of ECMA-262 in the spellings of both engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import SchemaValidator
from pydantic_core.core_schema import str_schema

from bothends.runtime.regex.properties import BINARY_PROPERTIES, GENERAL_CATEGORIES, SCRIPTS
from bothends.runtime.regex.translation import to_rust, to_searched, translate

_SUITE = Path(__file__).parents[2] / "conformance" / "suite"


def rust(pattern: str, text: str) -> bool:
    return SchemaValidator(str_schema(pattern=pattern)).isinstance_python(text)


def python(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def verdicts(pattern: str, text: str) -> set[bool]:
    """What the engines that can do a pattern say."""
    found = translate(pattern)
    verdicts = set() if found.rust is None else {rust(found.rust, text)}
    return verdicts if found.python is None else verdicts | {python(found.python, text)}


def _suite_cases() -> Iterator[Any]:
    for name in ("pattern", "optional-ecmascript-regex", "optional-non-bmp-regex"):
        for number, group in enumerate(json.loads((_SUITE / f"{name}.json").read_text(encoding="utf-8"))):
            if "pattern" in group["schema"]:
                yield pytest.param(group["schema"]["pattern"], group["tests"], id=f"{name}-{number}")


@pytest.mark.parametrize(("pattern", "cases"), list(_suite_cases()))
def test_the_suite(pattern: str, cases: list[dict[str, Any]]) -> None:
    texts = [case for case in cases if isinstance(case["data"], str)]
    assert [case for case in texts if verdicts(pattern, case["data"]) != {case["valid"]}] == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^[a-z0-9._-]+$", r"^[a-z0-9._-]+$"),
        (r"^\d{3}-\d+$", r"^[0-9]{3}-[0-9]+$"),
        (r"^\w+\/\w*?$", r"^[A-Za-z0-9_]+/[A-Za-z0-9_]*?$"),
        (r"{{[^{}]+}}", r"\{\{[^{}]+\}\}"),
        (r"a{,3}", r"a\{,3\}"),
        (r"[\w.-/+]", r"[A-Za-z0-9_./+]"),
        (r"[\W_]", r"[\x00-/:-@\[-^`{-\U0010ffff_]"),
        (r"[\d-x]", r"[0-9x-]"),
        (r"[a&&b[~~]", r"[a&\&b\[~\~]"),
        (r"[\^a]", r"[\^a]"),
        (r"[]", r"[^\s\S]"),
        (r"[^]", r"(?s:.)"),
        (r"[\s\S]*", r"(?s:.)*"),
        (r"\cJ\x41\u0042\u{1F600}\uD83D\uDE00\0", "\\nAB😀😀\\x00"),
        (r"\ud800", r"[^\s\S]"),
        (r"[\ud800-\udfff]", r"[^\s\S]"),
        (r"(?:a|b){2}(c)", r"(?:a|b){2}(c)"),
        (r"(?<year>\d)", r"([0-9])"),
        (r"(?i:ab)", r"(?i:ab)"),
        (r"\bx\B", r"(?-u:\b)x(?-u:\B)"),
        (r"\p{Script=Greek}[\p{L}\P{Nd}x]", r"\p{Script=Greek}[x\p{L}\P{Nd}]"),
        ("é\u2028\u00a0", r"é\u2028\xa0"),
    ],
)
def test_spelling_for_rust(pattern: str, expected: str) -> None:
    assert to_rust(pattern) == expected
    rust(expected, "")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^a$", r"^a\Z"),
        (r"(?=a)(?!b)", r"(?=a)(?!b)"),
        (r"(?<=ab|c)(?<!d|ef)x", r"(?:(?<=ab)|(?<=c))(?<!d)(?<!ef)x"),
        (r"(a)?\1", r"(a)?(?(1)\1|)"),
        (r"(?<q>['\"]).*\k<q>", "(['\"])[^\\n\\r\\u2028\\u2029]*(?(1)\\1|)"),
        (r"\bx", r"(?a:\b)x"),
        (r"a{0,99999999999}", r"a*"),
    ],
)
def test_spelling_for_python(pattern: str, expected: str) -> None:
    assert translate(pattern).python == expected
    re.compile(expected)


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        (r"^a.b$", "axb", "a\u2028b"),
        (r"^a.b$", "a\x0bb", "a\rb"),
        (r"^a$", "a", "a\n"),
        (r"^\s$", "\ufeff", "\x1c"),
        (r"^\d$", "1", "১"),
        (r"\bé", "aé", "é"),
        (r"^[^\D5]$", "4", "5"),
        (r"^(a)?\1b$", "b", "aab."),
        (r"^[\b]$", "\b", "b"),
        (r"^(?:(a)|b)\1$", "b", "ab"),
        (r"^(?i:é)$", "É", "e"),
        (r"^\u{1F600}{2}$", "😀😀", "😀"),
        (r"^a{2,}?$", "aaa", "a"),
        (r"(?<!-)\d", "1", "-1"),
    ],
)
def test_meaning(pattern: str, matching: str, other: str) -> None:
    assert verdicts(pattern, matching) == {True}
    assert verdicts(pattern, other) == {False}


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", ")", "(?", "[a", "*", "a**", "a++", "^*", "a{2,1}", "{1}", "[z-a]", "\\"),
        *(r"\k<x>", r"\1", r"\a", r"\Z", r"\01", r"\p{Nonsense}", r"\u{110000}"),
        *("(?P<x>y)", "(?i)a", "(?#x)", "(?>a)", "(?<a>x)(?<a>y)", "(" * 99 + ")" * 99),
    ],
)
def test_what_is_no_pattern(pattern: str) -> None:
    found = translate(pattern)
    assert (found.rust, found.python) == (None, None)
    assert found.error


@pytest.mark.parametrize("pattern", [r"^.{0,262144}$", r"^\p{L}{1,1000}$", r"^(?:[^a]{1,100}){1,200}$"])
def test_what_is_too_big_for_rust(pattern: str) -> None:
    assert to_rust(pattern) is None
    spelling = translate(pattern).python
    assert spelling is None or python(spelling, "b" * 9)


@pytest.mark.parametrize("pattern", ["[a-z]{0,10000}", ".{0,1000}", r"\p{L}{0,40}", "(?:ab|cd){0,1000}", r"\s{0,1000}"])
def test_estimates_are_on_the_high_side(pattern: str) -> None:
    compiled = to_rust(pattern)
    assert compiled is not None
    assert rust(compiled, "")


def test_properties_within_lookaround_are_too_much_for_both() -> None:
    found = translate(r"(?=\p{L})")
    assert (found.rust, found.python, found.error) == (None, None, None)
    assert to_searched(r"(?=\p{L})") is None


@pytest.mark.parametrize(
    ("pattern", "spelling"),
    [(r"^\p{Lu}$", r"^\p{Lu}$"), ("^(a+)+$", "^(a+)+$"), (r"(?=a)(?!b)", r"(?=a)(?!b)"), ("(", None)],
)
def test_what_is_searched_for_is_for_rust_wherever_rust_can(pattern: str, spelling: str | None) -> None:
    assert to_searched(pattern) == spelling


@pytest.mark.parametrize(
    "pattern", [r"(?=x)(a+)+$", r"(?!x)(a|a)*$", r"(?!x)(?:a|ab)+$", r"(?!x)([a-z]+)*$", r"(?!x)(\w+\d?)*$"]
)
def test_patterns_that_may_take_for_ever(pattern: str) -> None:
    assert translate(pattern).slow


@pytest.mark.parametrize(
    "pattern", [r"(?!x)(?:[a-z]+\.)+[a-z]+$", r"(?!x)[a-z]+(-[a-z]+)*$", "(?!x)(?:a|b)*", "(a+)+$"]
)
def test_patterns_that_do_not(pattern: str) -> None:
    assert not translate(pattern).slow


def test_every_property_is_known_to_rust() -> None:
    names = [*GENERAL_CATEGORIES, *BINARY_PROPERTIES]
    names += [f"gc={name}" for name in GENERAL_CATEGORIES]
    names += [f"{key}={name}" for key in ("sc", "Script_Extensions") for name in SCRIPTS]
    for name in names:
        compiled = to_rust(rf"\p{{{name}}}")
        assert compiled is not None
        SchemaValidator(str_schema(pattern=compiled))
