"""Markdown in (MDX, GitBook's and reStructuredText's additions, or plain text), the blocks of the page out."""

from __future__ import annotations

import re
from collections.abc import Callable

from bothends.extraction.prose.blocks import Block, Kind
from bothends.extraction.prose.components import Components
from bothends.extraction.prose.loose import Loose, apart

_FRONT = re.compile(r"\s*---[ \t]*$")
_FRONT_FIELD = re.compile(r"(title|api|openapi|sidebarTitle):[ \t]*[\"']?(.{1,500}?)[\"']?[ \t]*$")
_FENCE = re.compile(r"([ \t]*(?:>[ \t]*)?)(`{3,}(?=[^`]*$)|~{3,})[ \t]*\{?\.?([\w+#-]*)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?!#)[ \t]*(.*?)[ \t]*#*[ \t]*(?:\{[#.][^{}]*\})?[ \t]*$")
_UNDERLINE = re.compile(r"([=\-~+^\"'*#.])\1{2,}[ \t]*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,3}[.)])[ \t]+(\S.*)$")
_RULE = re.compile(
    r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$|\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$"
)
_TERM = re.compile(r"[ \t]*:[ \t]+(\S.*)$")
_SAMPLE = re.compile(r"(?: {4}|\t)[ \t]*(?:[{\[]|\$?[ \t]*curl\b|(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S|HTTP/\d)")
_DIRECTIVE = re.compile(r"([ \t]*)\.\. ([a-z-]+(?::[a-z-]+)?)::[ \t]*(.*)$")
_RST_FIELD = re.compile(
    r"[ \t]*:(query|param|parameter|reqjson|<json|>json|resjson|reqheader|form|formparam|status(?:code)?)"
    r"[ \t]+([^:\n]{1,200}):[ \t]*(.*)$"
)
_RST_PLACES = {"param": "path", "parameter": "path", "reqjson": "body", "<json": "body", "reqheader": "header",
               ">json": "response", "resjson": "response"}  # fmt: skip
_CELL = re.compile(r"(?:[^|\\`]|\\.|`[^`]*`|`)+|(?<=\|)(?=\|)")


def markdown_blocks(text: str) -> list[Block]:
    """Return the blocks of a page, in its order."""
    return _Reader(text).read()


class _Reader:
    """Goes through the lines once; every method takes what begins at the current line, or says that nothing does."""

    def __init__(self, text: str) -> None:
        self._lines = apart(text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)).split("\n")
        self._loose_parts = Loose(self._lines)
        self._at = 0
        self._blocks: list[Block] = []
        self._underlines: dict[str, int] = {}
        self._components = Components(self._blocks)

    def read(self) -> list[Block]:
        takers: tuple[Callable[[str], bool], ...] = (
            self._fence,
            self._component,
            self._directive,
            self._heading,
            self._table,
            self._sample,
            self._loose,
            self._definition,
            self._item,
        )
        self._front_matter()
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip():
                self._add(Block("gap", self._at + 1))
            elif any(take(line) for take in takers):
                continue
            else:
                self._text(line)
            self._at += 1
        return self._blocks

    def _add(self, block: Block) -> None:
        if not self._components.takes(block):
            self._blocks.append(block)

    def _front_matter(self) -> None:
        if not self._lines or not _FRONT.match(self._lines[0]):
            return
        end = next((n for n, line in enumerate(self._lines[1:200], 1) if _FRONT.match(line)), None)
        if end is None:
            return
        for number in range(1, end):
            found = _FRONT_FIELD.match(self._lines[number])
            if found is None:
                continue
            kind: Kind = "heading" if found[1] == "title" else "text"
            if found[1] != "sidebarTitle":
                self._blocks.append(Block(kind, number + 1, found[2], 1))
        self._at = end + 1

    def _fence(self, line: str) -> bool:
        opening = _FENCE.match(line)
        if opening is None:
            return False
        prefix, fence = opening[1], opening[2]
        start = self._at = self._at + 1
        closing = re.compile(rf"[ \t]*(?:>[ \t]*)?{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
        while self._at < len(self._lines) and not closing.match(self._lines[self._at]):
            self._at += 1
        body = (one.removeprefix(prefix) for one in self._lines[start : self._at])
        self._add(Block("code", start + 1, "\n".join(body), 0, opening[3].lower()))
        self._at += 1
        return True

    def _component(self, line: str) -> bool:
        taken = self._components.open_or_close(line, self._lines, self._at)
        self._at += taken
        return taken > 0

    def _directive(self, line: str) -> bool:
        field = _RST_FIELD.match(line)
        if field is not None and field[1].startswith("status"):
            self._blocks.append(Block("field", self._at + 1, field[3], attributes={"status": field[2].strip()}))
        elif field is not None:
            *kind, name = field[2].split()
            place = _RST_PLACES.get(field[1], "form" if field[1].startswith("form") else "query")
            attributes = {place: name, "type": " ".join(kind)}
            self._blocks.append(Block("field", self._at + 1, field[3], 0, attributes=attributes))
        elif (found := _DIRECTIVE.match(line)) is not None:
            if found[2].startswith("http:"):
                self._blocks.append(Block("text", self._at + 1, f"{found[2][5:].upper()} {found[3]}"))
            elif found[2] in ("sourcecode", "code-block", "code", "code-tab"):
                self._indented(len(found[1]) + 1, found[3].split(" ")[0].lower(), self._at + 1)
                return True
        else:
            return False
        self._at += 1
        return True

    def _indented(self, least: int, language: str, start: int) -> None:
        """Take the lines from ``start`` on that are further in, and what is blank between them, as code."""
        while start < len(self._lines) and (not self._lines[start].strip() or self._lines[start].lstrip()[0] == ":"):
            start += 1
        end = last = start
        while end < len(self._lines):
            line = self._lines[end]
            if line.strip():
                if len(line) - len(line.lstrip()) < least:
                    break
                last = end + 1
            end += 1
        body = self._lines[start:last]
        margin = min((len(one) - len(one.lstrip()) for one in body if one.strip()), default=0)
        self._at = max(last, self._at + 1)
        if body:
            self._add(Block("code", start + 1, "\n".join(one[margin:] for one in body), 0, language))

    def _heading(self, line: str) -> bool:
        found = _HEADING.match(line)
        if found is not None and found[2]:
            self._add(Block("heading", self._at + 1, found[2], len(found[1])))
            self._at += 1
            return True
        following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
        underline = _UNDERLINE.match(following)
        if (
            underline is None
            or line[:1] in " \t|-*>"
            or "|" in line
            or len(following.rstrip()) * 2 < len(line.rstrip())
        ):
            return False
        before = self._lines[self._at - 1] if self._at else ""
        if before.strip() and not _UNDERLINE.match(before):
            return False
        level = self._underlines.setdefault(underline[1], len(self._underlines) + 1)
        level = {"=": 1, "-": 2}.get(underline[1], level)
        self._add(Block("heading", self._at + 1, line.strip(), level))
        self._at += 2
        return True

    def _table(self, line: str) -> bool:
        following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
        if "|" not in line or "|" not in following or not _RULE.match(following):
            return False
        start = self._at
        rows = [_cells(line)]
        self._at += 2
        while self._at < len(self._lines) and "|" in self._lines[self._at]:
            rows.append(_cells(self._lines[self._at]))
            self._at += 1
        self._add(Block("table", start + 1, rows=tuple(rows)))
        return True

    def _sample(self, line: str) -> bool:
        if not _SAMPLE.match(line):
            return False
        self._indented(len(line) - len(line.lstrip()), "", self._at)
        return True

    def _loose(self, line: str) -> bool:
        """Take a sample or a command that nothing sets apart."""
        if line.lstrip()[:1] not in "{[$c":
            return False
        sample = self._loose_parts.sample(self._at)
        if sample is not None:
            taken, text, rest = sample
            self._add(Block("code", self._at + 1, text))
            self._at += taken
            if rest:
                self._at -= 1
                self._lines[self._at] = rest
            return True
        command = self._loose_parts.command(self._at)
        if command is None:
            return False
        self._add(Block("code", self._at + 1, command[1], 0, "shell"))
        self._at += command[0]
        return True

    def _definition(self, line: str) -> bool:
        following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
        found = _TERM.match(following)
        if found is None or _TERM.match(line) or len(line) > 200:
            return False
        self._add(Block("term", self._at + 1, f"`{line.strip().strip('`*')}` : {found[1]}"))
        self._at += 2
        return True

    def _item(self, line: str) -> bool:
        found = _ITEM.match(line)
        if found is None:
            return False
        start, margin, text = self._at, len(found[1]), [found[2]]
        self._at += 1
        while self._at < len(self._lines):
            following = self._lines[self._at]
            inside = len(following) - len(following.lstrip()) > margin
            if not following.strip() or not inside or _ITEM.match(following) or _FENCE.match(following):
                break
            text.append(following.strip())
            self._at += 1
        self._add(Block("item", start + 1, " ".join(text), margin))
        return True

    def _text(self, line: str) -> None:
        self._add(Block("text", self._at + 1, line.strip().lstrip("> ")))


def _cells(line: str) -> tuple[str, ...]:
    line = line.strip()
    line = line[1:] if line.startswith("|") else line
    cells: list[str] = []
    end = 0
    for cut in re.finditer(r"(?<!\\)\|", line):
        cells.append(line[end : cut.start()].strip().replace("\\|", "|"))
        end = cut.end()
    rest = line[end:].strip()
    return (*cells, rest) if rest else tuple(cells)
