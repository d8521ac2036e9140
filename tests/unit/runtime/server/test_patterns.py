from __future__ import annotations

import re

import pytest
from architect import PATTERN

from bothends.runtime.server.mock.patterns import matching


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
