"""HTML in the prose of documents."""

from __future__ import annotations

import pytest

from bothends.python.docstrings import docstring
from bothends.python.markup import as_markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>Required scope: </b><code>tasks:write</code>", "**Required scope:** `tasks:write`"),
        ('<p>See <a class="x" href="https://x.y/z?a=1">the\nplan</a>.</p>', "See [the plan](https://x.y/z?a=1)."),
        ("<a href='https://x.y'>https://x.y</a>", "https://x.y"),
        ("a:<ul><li>one</li><li>two <i>x</i></li></ul>after", "a:\n\n- one\n- two *x*\n\nafter"),
        ("one<br>two<br/>three<BR />four", "one\ntwo\nthree\nfour"),
        ("a &lt;tag&gt;&nbsp;&amp; b", "a <tag> & b"),
        ("<p>a</p>\n\n\n<p>b</p>", "a\n\nb"),
        ("<b></b>x<b> </b>", "x"),
        ("`<b>x</b>` and <b>y</b>", "`<b>x</b>` and **y**"),
        ("```html\n<p>x &amp; y</p>\n```\n<b>z</b>", "```html\n<p>x &amp; y</p>\n```\n**z**"),
        # What has no word in Markdown, and what is no HTML.
        ('<x-lifecycle class="ea"></x-lifecycle>', '<x-lifecycle class="ea"></x-lifecycle>'),
        ("a < b, c > d, <string>, &c;", "a < b, c > d, <string>, &c;"),
        ("<b>never closed", "<b>never closed"),
        ("\x001\x00 <b>x</b>", "\x001\x00 <b>x</b>"),
    ],
)
def test_html_is_spelled_as_markdown(text: str, expected: str) -> None:
    assert as_markdown(text) == expected


@pytest.mark.parametrize(
    "piece", ["<b>", "<a href=", "<a href=x", "`", "```", "<b ", " ", "\0", "</b>", "<td>\n", "&amp"]
)
def test_no_text_takes_long(piece: str) -> None:
    for text in (piece * (19_999 // len(piece)), "<p>" + piece * (19_990 // len(piece))):
        as_markdown(text)


def test_tables_keep_their_cells_apart() -> None:
    table = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
    assert [line.split() for line in as_markdown(table).splitlines()] == [["|", "A", "|", "B"], ["|", "1", "|", "2"]]


def test_docstrings_hold_markdown() -> None:
    assert docstring("Say <b>this</b><br>and that").text == '"""Say **this**\nand that\n"""'
