"""Docstrings: what the author wrote, safely."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from bothends.python.docstrings import LINE_LENGTH, docstring, first_paragraph


def evaluated(written: str) -> str:
    value = ast.literal_eval(written)
    assert isinstance(value, str)
    return value


def test_a_short_text_stands_on_one_line() -> None:
    assert docstring("A pet.").text == '"""A pet."""'


def test_no_text_is_no_docstring() -> None:
    assert not docstring("", "  \n ")


def test_texts_are_paragraphs_with_the_margin_of_their_place() -> None:
    assert docstring("List pets.", "", "By name.", indent=4).text == '"""List pets.\n\n    By name.\n    """'


def test_line_breaks_of_the_author_stay_and_trailing_space_goes() -> None:
    assert docstring("one  \n\n  two\t\nthree\n\n").text == '"""one\n\n  two\nthree\n"""'


def test_the_first_paragraph_ends_where_a_line_is_blank_and_nowhere_before() -> None:
    assert (
        first_paragraph("\nPay for bookings, and view\r\nstatus.\r\n \r\nMore.\n")
        == "Pay for bookings, and view status."
    )
    assert first_paragraph("<p>Pay.</p><p>More.</p>") == "Pay."
    assert first_paragraph(" \n") == ""


def test_only_a_long_line_is_wrapped() -> None:
    long = "word " * 30
    lines = docstring(f"short\n- {long}\nshort too", indent=4).text.split("\n")
    assert lines[0] == '"""short'
    assert lines[1].startswith("    - word")
    assert lines[2].startswith("      word")
    assert lines[3] == "    short too"
    assert max(map(len, lines)) <= LINE_LENGTH


def test_tables_and_code_are_not_wrapped() -> None:
    row = "| " + "cell | " * 30
    code = "x = " + "1 + " * 40 + "1"
    lines = docstring(f"See:\n{row}\n```\n{code}\n```").text.split("\n")
    assert row.rstrip() in lines
    assert code in lines


def test_markdown_and_markup_stay() -> None:
    text = "**Bold** `code` <x-badge> é 订单 😀"
    assert evaluated(docstring(text).text) == text


def test_further_lines_of_an_argument_stand_below_its_prose() -> None:
    long = "word " * 20
    lines = docstring(f"Do it: {long}", f"Args:\n    page_size: How many. {long}\n        More. {long}").text.split(
        "\n"
    )
    assert [len(line) - len(line.lstrip()) for line in lines] == [0, 0, 0, 0, 4, 8, 8, 8, 0]


def test_quotes_that_close_nothing_are_not_escaped() -> None:
    text = 'Called "it"\nor "that",\n"" by default:\nsee "this"'
    assert docstring(text).text == f'"""{text}\n"""'
    assert docstring('Called "it"').text == '"""Called "it\\""""'


@given(st.lists(st.text(alphabet="\"\\'a ", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=4))
def test_lines_of_quotes_say_what_the_author_wrote(lines: list[str]) -> None:
    written = evaluated(docstring("\n".join(lines)).text)
    said = [line.strip() for line in written.splitlines() if line.strip()]
    assert said == [line.strip() for line in lines if line.strip()]


def test_quotes_and_backslashes_are_escaped() -> None:
    for text in ('"', '""""', 'say "hi"', 'a """ b', "ends with \\", '\\"""', r"\N{DIGIT ONE} \x41"):
        assert evaluated(docstring(text).text) == text


def test_what_cannot_be_seen_is_escaped() -> None:
    written = docstring("a\u202eb\u200bc\x00\x1b\ud800\ufeff").text
    assert written.isascii()
    assert evaluated(written) == "a\u202eb\u200bc\x00\x1b\ud800\ufeff"


def test_every_kind_of_line_break_ends_a_line() -> None:
    assert docstring("a\rb\u2028c\x85d\fe\r\nf").text == '"""a\nb\nc\nd\ne\nf\n"""'


@given(st.lists(st.text(), max_size=3), st.integers(min_value=0, max_value=12))
def test_any_text_is_one_string_without_anything_invisible(texts: list[str], indent: int) -> None:
    written = docstring(*texts, indent=indent).text
    if written:
        assert all(character == "\n" or character.isprintable() for character in written)
        tree = ast.parse(f"x = {written}\n")
        assert len(tree.body) == 1
        assert all(line == line.rstrip() or line.endswith("\\ ") for line in written.split("\n"))
