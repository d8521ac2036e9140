from __future__ import annotations

import re

import pytest
from architect import PATTERN

from bothends.runtime.server.mock.patterns import finder, matching
from bothends.runtime.server.mock.texts import texts


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[A-Z]{3}$",
        r"^\d{4}-\d{2}$",
        r"^(cat|dog)s?$",
        r"^\+[1-9]\d{1,14}$",
        r"^#(?:[0-9a-fA-F]{3}){1,2}$",
        r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
        r"^(?<year>\d\d)-\k<year>$",
        r"^(a|b)\1$",
        r"^\/api\/v\d+\/$",
        r"^[\w.-]+$",
        r"^[^a-z]*x$",
        r"é+",
        r"^$",
        r"a{2,}b{0}c?",
        PATTERN,
    ],
)
def test_made_strings_match_their_pattern(pattern: str) -> None:
    python = pattern.replace("(?<", "(?P<").replace(r"\k<year>", "(?P=year)")
    for attempt in range(10):
        made = matching(pattern, attempt)
        assert made is not None
        assert re.search(python, made), made


@pytest.mark.parametrize(("minimum", "maximum"), [(5, 5), (40, 60), (0, 1), (1000, None)])
def test_lengths_are_kept(minimum: int, maximum: int | None) -> None:
    made = matching("^[a-z]+$", 0, minimum, maximum)
    assert made is not None
    assert re.fullmatch("[a-z]+", made)
    assert minimum <= len(made) <= (maximum or 2000)


@pytest.mark.parametrize("pattern", [r"^(\S(.*\S)?)?$", r"^(a(b+c)?)*$", r"^a*(b(c(d*e)?)?)?$"])
def test_lengths_are_kept_by_repetitions_in_repetitions(pattern: str) -> None:
    made = matching(pattern, 0, 3, 8)
    assert made is not None
    assert re.fullmatch(pattern, made)
    assert 3 <= len(made) <= 8


def test_an_open_end_is_padded() -> None:
    made = matching("^ab", 0, 10)
    assert made is not None
    assert made.startswith("ab")
    assert len(made) >= 10


@pytest.mark.parametrize("pattern", ["(", "[a", r"\p{Whatever}", "*", "(?", "a)"])
def test_unknown_syntax_makes_nothing(pattern: str) -> None:
    assert matching(pattern) is None


def test_attempts_choose_other_branches() -> None:
    assert len({matching("^(a|b|c|d|e|f)$", attempt) for attempt in range(30)}) > 3


def test_unicode_properties() -> None:
    made = matching(r"^\p{Lu}\p{L}+\P{L}$")
    assert made is not None
    assert made[0].isupper() and made[1:-1].isalpha() and not made[-1].isalpha()


@pytest.mark.parametrize(
    ("pattern", "minimum"),
    [
        (r"^(?=.*[A-Z])(?=.*\d)(?=.*[!#$]).{8,}$", 0),
        (r"^(?=.{6,10}$)[a-z]+(-[a-z]+)*$", 0),
        (r"^(?!-)[a-z0-9-]+(?<!-)$", 12),
        (r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$", 0),
    ],
)
def test_what_has_to_follow_is_written(pattern: str, minimum: int) -> None:
    made = [matching(pattern, attempt, minimum) for attempt in range(6)]
    found = finder(pattern)
    assert found is not None
    assert any(one is not None and found(one) for one in made), made


@pytest.mark.parametrize(
    "pattern", [r"^\p{Script=Greek}+$", r"^\P{ASCII}$", r"^[\p{Lu}\d]{3}$", r"^\p{Emoji_Presentation}$"]
)
def test_properties_of_unicode_are_kept(pattern: str) -> None:
    made, found = matching(pattern, 0, 1), finder(pattern)
    assert made is not None
    assert found is not None
    assert found(made)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:(?:(?:x{1000}){1000}){1000}){1000}",
        "a{99999999999}",
        "(aa)" + "".join(rf"(\{n}\{n})" for n in range(1, 40)),
        "(?:(?:){99999999}){99999999}x{9999999}",
    ],
)
def test_what_would_be_very_long_is_not_made(pattern: str) -> None:
    assert matching(pattern) is None


def test_lengths_that_nobody_needs_are_not_made() -> None:
    assert matching("^a+$", 0, 10**12) is None
    assert list(texts({"minLength": 10**12}, "word")) == []


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)+$", "^(a*)*$", r"^([a-z]+\s?)*$", "(x+x+)+y"])
def test_searching_takes_no_longer_for_a_text_made_for_that(pattern: str) -> None:
    found = finder(pattern)
    assert found is not None
    assert not found("a" * 10_000 + "!")


def test_what_may_take_for_ever_is_not_searched() -> None:
    assert finder("(?=(a+)+b)a") is None
    assert finder("(?=a)a") is not None
    assert finder("a**") is None
