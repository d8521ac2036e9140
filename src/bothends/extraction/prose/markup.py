"""HTML in, the blocks of the page out; navigation, scripts and buttons left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bothends.extraction.prose.blocks import Block

_LEFT_OUT = frozenset({"script", "style", "nav", "header", "footer", "aside", "button", "svg", "noscript", "template"})
_BREAKING = frozenset(
    {"p", "div", "section", "article", "main", "ul", "ol", "li", "dl", "dt", "dd", "br", "hr", "form", "fieldset"}
    | {"summary", "details", "blockquote", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th"}
    | {"thead", "tbody", "pre", "option", "select", "label"}
)
_LANGUAGE = re.compile(r"(?:language|lang|highlight|brush|source)[-: ]+([\w+#]+)")
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "source", "wbr", "col", "area", "base", "embed"})
# Half-written pages open elements without end.
_DEEPEST = 2000


def markup_blocks(text: str) -> list[Block]:
    """Return the blocks of a page, in its order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.flush()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._line = 1
        self._skipped = 0
        self._pre: str | None = None
        self._heading = 0
        self._lists = 0
        self._term = ""
        self._in_item = self._in_detail = False
        self._rows: list[list[str]] | None = None
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, where the tag does."""
        self._depth += tag not in _VOID
        if tag in _LEFT_OUT and self._depth < _DEEPEST:
            self._skipped += 1
        if self._skipped:
            return
        if self._rows is not None:
            self._start_in_table(tag)
            return
        if self._pre is not None:
            if tag == "br":
                self._text.append("\n")
            self._pre = self._pre or _language(attrs)
            return
        if tag in _BREAKING:
            self.flush()
        if tag == "pre":
            self._pre = _language(attrs)
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._heading = int(tag[1])
        elif tag in ("ul", "ol"):
            self._lists += 1
        elif tag == "li":
            self._in_item = True
        elif tag == "dd":
            self._in_detail = True
        elif tag == "table":
            self._rows = []
        elif tag in ("code", "tt"):
            self._text.append("`")

    def handle_endtag(self, tag: str) -> None:
        """End a block, where the tag does."""
        self._depth -= 1
        if tag in _LEFT_OUT and self._skipped:
            self._skipped -= 1
            return
        if self._skipped:
            return
        if self._rows is not None:
            if tag == "table":
                self._end_table()
            elif tag in ("code", "tt"):
                self.handle_data("`")
            return
        if self._pre is not None:
            if tag == "pre":
                self.flush()
            return
        if tag in ("code", "tt"):
            self._text.append("`")
        if tag not in _BREAKING:
            return
        if tag == "dt":
            self._term = "".join(self._text).strip()
            self._text = []
        self.flush()
        if tag in ("ul", "ol"):
            self._lists = max(0, self._lists - 1)
        if tag == "dd":
            self._in_detail, self._term = False, ""

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if self._skipped:
            return
        if self._rows is not None:
            if self._rows and self._rows[-1]:
                self._rows[-1][-1] += data
            return
        if not self._text:
            self._line = self.getpos()[0]
        self._text.append(data)

    def flush(self) -> None:
        """Turn the text so far into a block."""
        text, self._text = "".join(self._text), []
        if self._pre is not None:
            self.blocks.append(Block("code", self._line, text.strip("\n"), 0, self._pre))
            self._pre = None
            return
        text = " ".join(text.split())
        level, self._heading = self._heading, 0
        if not text.strip("` "):
            if self.blocks and self.blocks[-1].kind != "gap":
                self.blocks.append(Block("gap", self._line))
        elif level:
            self.blocks.append(Block("heading", self._line, text.rstrip("¶# "), level))
        elif self._in_detail and self._term:
            self.blocks.append(Block("term", self._line, f"`{self._term.strip('`')}` : {text}"))
            self._term = ""
        elif self._in_item and self._lists:
            self.blocks.append(Block("item", self._line, text, self._lists))
            self._in_item = False
        else:
            self.blocks.append(Block("text", self._line, text))

    def _start_in_table(self, tag: str) -> None:
        rows = self._rows if self._rows is not None else []
        if tag in ("code", "tt"):
            self.handle_data("`")
        if tag == "tr":
            rows.append([])
        elif tag in ("td", "th"):
            if not rows:
                rows.append([])
            rows[-1].append("")
        elif tag in _BREAKING and rows and rows[-1]:
            rows[-1][-1] += " "

    def _end_table(self) -> None:
        rows = tuple(tuple(" ".join(cell.split()) for cell in row) for row in self._rows or () if row)
        self._rows = None
        if rows:
            self.blocks.append(Block("table", self.getpos()[0], rows=rows))


def _language(attrs: list[tuple[str, str | None]]) -> str:
    for name, value in attrs:
        if name in ("class", "data-lang", "data-language", "lang") and value:
            found = _LANGUAGE.search(value)
            if found or name != "class":
                return (found[1] if found else value).lower()
    return ""
