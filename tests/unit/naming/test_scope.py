"""One namespace."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bothends.diagnostics.model import Report
from bothends.naming.scope import CHOSEN, EXACT, PLAIN, PRIVILEGED, Claim, settle


def claim(key: str, *spellings: str, rank: int = PLAIN) -> Claim[str]:
    return Claim(key, spellings, key, rank)


def test_everyone_gets_the_first_spelling_where_nothing_clashes() -> None:
    report = Report()
    assert settle([claim("a", "x"), claim("b", "y")], report) == {"a": "x", "b": "y"}
    assert len(report) == 0


def test_rank_keeps_a_contested_name_and_the_others_are_told() -> None:
    report = Report()
    names = settle([claim("fooBar", "foo_bar", "fooBar"), claim("foo_bar", "foo_bar", rank=EXACT)], report)
    assert names == {"fooBar": "fooBar", "foo_bar": "foo_bar"}
    (note,) = report
    assert note.code == "name-collision"
    assert "'fooBar'" in note.message


def test_equals_all_give_way() -> None:
    names = settle([claim("a b", "ab", "a_space_b"), claim("a-b", "ab", "a_dash_b")], Report())
    assert names == {"a b": "a_space_b", "a-b": "a_dash_b"}


def test_ranks_are_ordered() -> None:
    claims = [claim(str(rank), "x", f"x_{rank}", rank=rank) for rank in (PLAIN, PRIVILEGED, EXACT, CHOSEN)]
    assert settle(claims, Report())[str(CHOSEN)] == "x"


def test_a_second_spelling_has_no_right_to_the_first_of_another() -> None:
    names = settle([claim("a", "x", "y", "z"), claim("b", "x", "w"), claim("c", "y")], Report())
    assert names == {"a": "z", "b": "w", "c": "y"}


def test_names_are_compared_folded() -> None:
    names = settle([claim("a", "Pet", "pet_a"), claim("b", "pet", "pet_b")], Report(), str.casefold)
    assert names == {"a": "pet_a", "b": "pet_b"}


def test_taken_names_are_nobodys() -> None:
    assert settle([claim("a", "x", "y", rank=EXACT)], Report(), taken=frozenset({"x"})) == {"a": "y"}


def test_where_no_spelling_is_left_a_digest_of_the_thing_tells_them_apart() -> None:
    names = settle([claim("a", "x"), claim("b", "x")], Report())
    assert all(re.fullmatch("x_[0-9a-f]{8}", name) for name in names.values())
    assert len(set(names.values())) == 2


CLAIMS = st.lists(
    st.builds(
        Claim,
        key=st.text("abcdefgh", min_size=1, max_size=3),
        spellings=st.lists(st.sampled_from("xyzXYZ"), min_size=1, max_size=3, unique=True).map(tuple),
        wire=st.just("wire"),
        rank=st.integers(min_value=PLAIN, max_value=EXACT),
    ),
    unique_by=lambda each: each.key,
)


@given(CLAIMS, st.randoms(use_true_random=False))
def test_names_are_distinct_and_order_means_nothing(claims: list[Claim[str]], random: object) -> None:
    names = settle(claims, Report(), str.casefold)
    assert len({name.casefold() for name in names.values()}) == len(claims)
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(shuffled, Report(), str.casefold) == names


@given(CLAIMS, st.text("abcdefgh", min_size=4, max_size=4))
def test_an_addition_that_clashes_with_nothing_renames_nothing(claims: list[Claim[str]], key: str) -> None:
    before = settle(claims, Report())
    after = settle([*claims, claim(key, "new")], Report())
    assert after == {**before, key: "new"}
