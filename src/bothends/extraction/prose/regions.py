"""The blocks of a page in; what is said of each operation, and what is said of them all, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bothends.extraction.prose.blocks import Block, plain
from bothends.extraction.prose.commands import curl_commands, http_request
from bothends.extraction.prose.endpoints import (
    METHODS,
    Endpoint,
    endpoint,
    endpoint_of_heading,
    endpoint_of_line,
    rest_of_line,
)
from bothends.extraction.prose.labels import label_of

_METHOD = re.compile(rf"(?i:{METHODS})")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w ]{0,30}?)\s*:\s*(?P<value>\S.*)?$")
_ADDRESS_KEYS = ("url", "uri", "path", "endpoint", "route", "resource url", "request url", "resource")
_METHOD_KEYS = ("method", "http method", "verb", "http verb", "request method", "request type", "type")
_NEAR = 6


@dataclass(frozen=True, slots=True)
class Region:
    """An operation and the blocks about it. ``above`` are the titles of the sections around it, outermost first."""

    endpoint: Endpoint
    title: str
    line: int
    blocks: tuple[Block, ...] = ()
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions of a page, and the blocks that belong to none."""

    regions: tuple[Region, ...]
    rest: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Marker:
    endpoint: Endpoint
    index: int
    end: int
    title: str = ""
    is_listed: bool = False
    said: str = ""


@dataclass(slots=True)
class _Section:
    """A heading, where it stands, where what it heads ends, and the heading above."""

    index: int
    level: int
    title: str
    above: _Section | None
    end: int = 0
    markers: list[_Marker] = field(default_factory=list[_Marker])

    @property
    def titles(self) -> tuple[str, ...]:
        found: list[str] = []
        section = self.above
        while section is not None and section.level:
            found.append(endpoint_of_heading(section.title)[0] or section.title)
            section = section.above
        return tuple(reversed(found))


def regions_of(blocks: Sequence[Block]) -> Regions:
    """Split a page. Pages that show commands and name no endpoints have those of their commands."""
    markers = _led_to_sections(list(_markers(blocks)), blocks) or list(_commanded(blocks))
    sections = _sections(blocks)
    owners = [_owner(marker, sections[marker.index]) for marker in markers]
    for marker, owner in zip(markers, owners, strict=True):
        owner.markers.append(marker)
    starts = [_start(marker, owner, blocks) for marker, owner in zip(markers, owners, strict=True)]
    regions: list[Region] = []
    taken = [False] * len(blocks)
    for number, (marker, owner) in enumerate(zip(markers, owners, strict=True)):
        following = starts[number + 1] if number + 1 < len(starts) else len(blocks)
        end = marker.end if marker.is_listed else min(following, owner.end if owner.level else len(blocks))
        start = marker.end if marker.is_listed else starts[number]
        taken[start:end] = [True] * max(0, end - start)
        named = range(marker.index, max(marker.end, marker.index + 1))
        inner = tuple(blocks[at] for at in range(start, end) if at not in named or blocks[at].kind == "code")
        said = (Block("text", blocks[marker.index].line, marker.said),) if marker.said else ()
        inner = (*_shared(owner, blocks), *said, *inner)
        title, above = marker.title, owner.titles
        if not title and owner.level and not marker.is_listed:
            title = owner.title if owner.markers[0] is marker else ""
        if len(markers) == 1 and not owner.level and any(_labels(block) for block in blocks[: marker.index]):
            inner = tuple(block for at, block in enumerate(blocks) if at not in named or block.kind == "code")
            taken = [True] * len(blocks)
        if not title:
            at = _title_before(blocks, marker.index)
            title = plain(blocks[at].text).rstrip(":") if at is not None else ""
            above = (*owner.titles, owner.title) if owner.level else ()
        regions.append(Region(marker.endpoint, title, blocks[marker.index].line, inner, above))
    rest = tuple(block for block, is_taken in zip(blocks, taken, strict=True) if not is_taken)
    return Regions(tuple(_with_late_paths(regions)), rest)


def _shared(owner: _Section, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return what stands below the heading of a resource, such as ``Pet [/pets/{id}]``: it holds for each action."""
    above = owner.above
    if above is None or not above.level or not endpoint_of_heading(above.title)[2]:
        return ()
    end = next((at for at in range(above.index + 1, above.end) if blocks[at].kind == "heading"), above.end)
    parameters = next((at for at in range(above.index + 1, end) if plain(blocks[at].text) == "Parameters"), end)
    return tuple(blocks[parameters:end])


def _with_late_paths(regions: Sequence[Region]) -> Iterator[Region]:
    """Give an operation its path where the page says it at the end, method and path before the next one."""
    pending: Region | None = None
    for region in regions:
        if pending is not None:
            is_same = pending.endpoint.method == region.endpoint.method
            if region.endpoint.path and is_same and not pending.endpoint.path and not _says_something(region):
                pending = replace(pending, endpoint=region.endpoint, blocks=(*pending.blocks, *region.blocks))
                continue
            yield pending
        pending = region
    if pending is not None:
        yield pending


def _says_something(region: Region) -> bool:
    return any(block.kind != "gap" and label_of(plain(block.text)) is not None for block in region.blocks[:8])


def _led_to_sections(markers: list[_Marker], blocks: Sequence[Block]) -> list[_Marker]:
    """Move what an overview lists to the section of its name, where there is one."""
    headings = {plain(block.text): index for index, block in enumerate(blocks) if block.kind == "heading"}
    taken = {marker.index for marker in markers if not marker.is_listed}
    moved: list[_Marker] = []
    for marker in markers:
        at = headings.get(marker.title) if marker.is_listed and marker.title else None
        moved.append(marker if at is None or at in taken else _Marker(marker.endpoint, at, at + 1, marker.title))
    return sorted(moved, key=lambda marker: marker.index)


def _sections(blocks: Sequence[Block]) -> list[_Section]:
    """Return the section of every block."""
    section = _Section(-1, 0, "", None, len(blocks))
    found: list[_Section] = []
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            while section.level >= block.level and section.above is not None:
                section.end = index
                section = section.above
            section = _Section(index, block.level, plain(block.text), section, len(blocks))
        found.append(section)
    return found


def _owner(marker: _Marker, section: _Section) -> _Section:
    """Return the section that is about the operation: not one called "Request" or "URL", but the one around it."""
    if marker.index == section.index:
        return section
    while section.above is not None and section.above.level and _is_structural(section.title):
        section = section.above
    return section


def _is_structural(title: str) -> bool:
    label = label_of(title)
    return label is not None and label.role not in ("security", "error", "other")


def _start(marker: _Marker, owner: _Section, blocks: Sequence[Block]) -> int:
    if owner.level and owner.markers[0] is marker:
        return owner.index
    title = None if marker.title else _title_before(blocks, marker.index)
    if title is not None and blocks[title].kind == "text":
        return title
    start = marker.index
    if blocks[start].kind == "code" and start and blocks[start - 1].kind in ("text", "gap") and marker.index > 1:
        label = blocks[start - 1] if blocks[start - 1].kind == "text" else blocks[start - 2]
        if label.kind == "text" and label_of(plain(label.text)) is not None:
            return blocks.index(label, max(0, start - 2))
    return start


def _labels(block: Block) -> bool:
    return block.kind == "text" and label_of(plain(block.text)) is not None


def _title_before(blocks: Sequence[Block], index: int) -> int | None:
    """Return where the title of an endpoint stands: in the line before it, or before a sentence that says more."""
    for at in range(index - 1, max(-1, index - 5), -1):
        block = blocks[at]
        text = plain(block.text)
        if block.kind == "gap" or (block.kind == "text" and text.endswith(".") and " " in text):
            continue
        is_title = block.kind in ("text", "heading") and 2 < len(text) <= 80 and not text.endswith((".", ",", ";", "!"))
        is_other = label_of(text) is not None or "/" in text or endpoint_of_line(text) is not None
        return at if is_title and not is_other else None
    return None


def _markers(blocks: Sequence[Block]) -> Iterator[_Marker]:
    """Find what names an endpoint."""
    resource = ""
    until = 0
    for index, block in enumerate(blocks):
        if index < until:
            continue
        if block.kind == "heading":
            title, found, path = endpoint_of_heading(plain(block.text))
            resource = path or resource
            if found is not None:
                target = found if found.path else endpoint(found.method, resource or "/")
                if found.path or resource:
                    yield _Marker(target, index, index + 1, title)
                continue
        if block.kind == "code":
            yield from _in_code(block, index)
        elif block.kind == "table":
            yield from _in_table(block, index)
        elif block.kind in ("text", "item", "heading", "term"):
            marker = _in_text(blocks, index)
            if marker is not None:
                until = marker.end
                yield marker


def _in_code(block: Block, index: int) -> Iterator[_Marker]:
    if block.language in ("", "http", "plaintext", "text", "plain", "txt", "none", "endpoint", "bash", "sh", "shell"):
        lines = [line.strip() for line in block.text.split("\n") if line.strip()][:40]
        found = [endpoint_of_line(line) for line in lines]
        request = http_request(block.text.lstrip())
        if request is not None:
            found = [endpoint_of_line(f"{request.method} {request.url}")]
        elif not lines or not all(found):
            return
        for one in found:
            if one is not None:
                yield _Marker(one, index, index + 1)


def _in_table(block: Block, index: int) -> Iterator[_Marker]:
    """Find endpoints in an overview: a table with methods and paths, in one column or in two."""
    for row in block.rows:
        cells = [plain(cell) for cell in row]
        for number, cell in enumerate(cells):
            found = endpoint_of_line(cell)
            after = cells[number + 1] if number + 1 < len(cells) else ""
            if found is None and _METHOD.fullmatch(cell):
                found = endpoint_of_line(f"{cell.upper()} {after}")
            if found is None and re.match(r"/[\w/{}:.<>-]*$", cell) and _METHOD.fullmatch(after):
                found = endpoint(after, cell)
            if found is not None:
                words = [one for one in cells if one and one not in (cell, after)]
                names = [one for one in words if re.fullmatch(r"[A-Za-z_]\w{2,60}", one)]
                phrases = [one for one in words if " " in one]
                title = names[0] if names else min(phrases, key=len)[:80].rstrip(".") if phrases else ""
                yield _Marker(found, index, index, title, is_listed=True)
                break


def _in_text(blocks: Sequence[Block], index: int) -> _Marker | None:
    block = blocks[index]
    text = plain(block.text)
    if _METHOD.fullmatch(text) and (text.isupper() or text.islower()):
        return _split_over_lines(blocks, index, text)
    pair = _pair_of(text)
    if pair is not None and (marker := _labelled(blocks, index, pair)) is not None:
        return marker
    found = endpoint_of_line(text)
    if found is None:
        return None
    # An entry of a table of contents leads to where the operation is described.
    rest = rest_of_line(text)
    is_link = re.match(r"\[[^\]]*\]\(#", block.text.strip()) is not None and block.kind == "item"
    return _Marker(found, index, index if is_link else index + 1, is_listed=is_link, said=rest)


def _split_over_lines(blocks: Sequence[Block], index: int, method: str) -> _Marker:
    """Read a method in a line of its own; its path follows in one line or in a line for each part, or not here."""
    path, at = "", index + 1
    while at < min(len(blocks), index + 40):
        text = plain(blocks[at].text) if blocks[at].kind in ("text", "gap", "item") else "?"
        is_slash, is_part = text.startswith("/"), re.fullmatch(r"[\w{}:.~@$-]+", text) is not None
        if blocks[at].kind != "gap" and not (is_slash and " " not in text) and not (is_part and path.endswith("/")):
            break
        path += text
        at += 1
    origin = re.match(r"https?://\S+$", plain(blocks[index + 1].text)) if index + 1 < len(blocks) else None
    if not path and origin is not None:
        path, at = origin[0], index + 2
    found = endpoint(method, path) if path else Endpoint(method.upper(), "")
    return _Marker(found, index, at if path else index + 1)


def _pair_of(text: str) -> re.Match[str] | None:
    """Return key and value of a line, the colon left out where the key stands alone."""
    return _PAIR.match(text if ":" in text else f"{text}:") if len(text) < 2000 else None


def _labelled(blocks: Sequence[Block], index: int, pair: re.Match[str]) -> _Marker | None:
    """Read a method and an address that stand behind labels of their own, near each other, in either order."""
    key = pair["key"].strip().lower()
    if key not in (*_ADDRESS_KEYS, *_METHOD_KEYS):
        return None
    found: dict[str, tuple[str, int]] = {}
    at = index
    while at < len(blocks) and at <= index + _NEAR and len(found) < 2:
        text = plain(blocks[at].text) if blocks[at].kind in ("text", "item", "gap", "term") else ""
        other = _pair_of(text)
        name = other["key"].strip().lower() if other is not None else ""
        if other is not None and name in (*_ADDRESS_KEYS, *_METHOD_KEYS):
            value, end = (other["value"] or "").strip(), at
            if not value and at + 1 < len(blocks):
                end = at + 2 if blocks[at + 1].kind == "gap" and at + 2 < len(blocks) else at + 1
                value = plain(blocks[end].text.strip().split("\n")[0])
            method = re.match(rf"(?:{METHODS})\b", value)
            if name in _METHOD_KEYS and method is not None:
                found.setdefault("method", (method[0], end))
            elif name in _ADDRESS_KEYS and re.match(r"(?:https?://|/|\{|<)\S*", value):
                found.setdefault("address", (value.split()[0], end))
        at += 1
    if len(found) < 2:
        return None
    return _Marker(endpoint(found["method"][0], found["address"][0]), index, max(end for _, end in found.values()) + 1)


def _commanded(blocks: Sequence[Block]) -> Iterator[_Marker]:
    for index, block in enumerate(blocks):
        if block.kind == "code":
            for command in list(curl_commands(block.text))[:1]:
                found = endpoint_of_line(f"{command.method} {command.url}")
                if found is not None:
                    yield _Marker(found, index, index + 1)
