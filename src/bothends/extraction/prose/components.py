"""Components that pages describe fields with, in MDX and in GitBook's blocks, in; blocks out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bothends.extraction.prose.blocks import Block

_OPEN = re.compile(r"[ \t]*<(?P<name>[A-Z]\w*)(?=[\s/>]|$)(?P<rest>.*)$")
_CLOSE = re.compile(r"[ \t]*</(?P<name>[A-Z]\w*)>[ \t]*$")
_LIQUID = re.compile(r"[ \t]*\{%-?[ \t]*(?P<name>[a-z][\w-]*)(?P<rest>[^%]{0,4000})-?%\}(?P<after>.*)$")
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{([^{}]*)\}|([^\s\"'>]+)))?")
_FIELDS = {"paramfield", "responsefield", "property", "param", "parameter", "apiparam", "field"}
_CONTAINERS = {"Expandable", "Accordion", "Properties"}
_PLACES = ("path", "query", "header", "body", "form")
_LONGEST = 40
_DEEPEST = 40


class Components:
    """Turns the tags of components into blocks; text inside a field is its description."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._open: list[tuple[str, int]] = []

    def takes(self, block: Block) -> bool:
        """Whether the block is part of the description of the field that is open."""
        if not self._open or block.kind in ("heading", "code", "table"):
            return False
        index = self._open[-1][1]
        known = self._blocks[index]
        if block.kind in ("text", "item", "term") and len(known.text) < 4000:
            self._blocks[index] = replace(known, text=f"{known.text}\n{block.text}".strip())
        return True

    def open_or_close(self, line: str, lines: Sequence[str], at: int) -> int:
        """Return how many lines were taken: none where no component begins or ends."""
        if (found := _LIQUID.match(line)) is not None:
            self._liquid(found["name"], _attributes(found["rest"]), found["after"].strip(), at + 1)
            return 1
        if (found := _CLOSE.match(line)) is not None:
            self._close(found["name"].lower())
            return 1
        found = _OPEN.match(line)
        if found is None:
            return 0
        tag, taken = found["rest"], 1
        while not _is_complete(tag) and taken < _LONGEST and at + taken < len(lines):
            tag += " " + lines[at + taken].strip()
            taken += 1
        self._tag(found["name"], tag, at + 1)
        return taken

    def _tag(self, name: str, tag: str, line: int) -> None:
        head, _, body = _split(tag)
        attributes = _attributes(head.rstrip("/"))
        inner, _, closed = body.partition(f"</{name}>")
        is_closed = head.endswith("/") or bool(closed) or body.endswith(f"</{name}>")
        if name.lower() in _FIELDS:
            self._field(name.lower(), attributes, inner.strip(), line, is_open=not is_closed)
        elif "method" in attributes and inner.strip():
            self._blocks.append(Block("text", line, f"{attributes['method'].upper()} {inner.strip()}"))
        elif attributes.get("title") and name not in _CONTAINERS and not self._open:
            self._blocks.append(Block("text", line, f"**{attributes['title']}**"))
        elif name in ("RequestExample", "ResponseExample") and not is_closed:
            self._blocks.append(Block("text", line, f"**{name.removesuffix('Example')} example**"))

    def _field(self, name: str, attributes: dict[str, str], text: str, line: int, *, is_open: bool) -> None:
        if name == "responsefield":
            attributes = {"response": attributes.get("name", ""), **attributes}
        depth = len(self._open)
        self._blocks.append(Block("field", line, text, depth, attributes=attributes))
        if is_open and depth < _DEEPEST:
            self._open.append((name, len(self._blocks) - 1))

    def _close(self, name: str) -> None:
        if self._open and self._open[-1][0] == name:
            self._open.pop()

    def _liquid(self, name: str, attributes: dict[str, str], after: str, line: int) -> None:
        """Take a block as GitBook wrote methods down before it knew OpenAPI."""
        base = attributes.get("host", attributes.get("baseUrl", "")).rstrip("/")
        if name in ("api-method", "swagger") and "method" in attributes:
            if attributes.get("summary"):
                self._blocks.append(Block("heading", line, attributes["summary"], 2))
            path = base + "/" + attributes.get("path", attributes.get("fullUrl", "")).lstrip("/")
            self._blocks.append(Block("text", line, f"{attributes['method'].upper()} {path}"))
        elif name in ("api-method-parameter", "swagger-parameter"):
            place = attributes.pop("in", "")
            if place in _PLACES:
                attributes[place] = attributes.get("name", "")
            self._blocks.append(Block("field", line, after, 0, attributes=attributes))
            self._open.append((name, len(self._blocks) - 1))
        elif name in ("endapi-method-parameter", "endswagger-parameter"):
            self._close(name.removeprefix("end"))
        elif name.endswith("-parameters"):
            self._blocks.append(Block("text", line, f"**{name.removeprefix('api-method-').replace('-', ' ')}**"))
        elif "httpCode" in attributes or "status" in attributes:
            status = attributes.get("httpCode") or attributes["status"]
            self._blocks.append(Block("text", line, f"**Response {status}**"))


def _is_complete(tag: str) -> bool:
    return bool(_split(tag)[1])


def _split(tag: str) -> tuple[str, str, str]:
    """Return the head of a tag without its name, the mark that ends it, and what follows it."""
    quote = ""
    depth = 0
    for index, character in enumerate(tag):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "{}":
            depth += 1 if character == "{" else -1
        elif character == ">" and depth <= 0:
            return tag[:index], ">", tag[index + 1 :]
    return tag, "", ""


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(text):
        found[name] = next((value.strip("\"'") for value in values if value), "")
    return found
