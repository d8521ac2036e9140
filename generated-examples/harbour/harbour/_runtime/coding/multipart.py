"""Multipart bodies, both ways. What is sent is read in pieces, never whole.

Encoding takes a model or a mapping whose binary properties are files; decoding takes
the parts that a parser found.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..kinds import is_container, is_dict, is_list, is_mapping
from ..operation import Multipart, Part
from .arguments import Pair, typed
from .files import FilePart, file_part, is_file
from .parameters import checked_header
from .problem import CodingError
from .shapes import ANY, shape_of
from .styled import Spelling, styled_trees
from .styles import RAW_DELIMITERS, deep_entries, guarded, joined
from .texts import Exact, Tree, text_of, wire_value


@dataclass(frozen=True)
class MultipartBody:
    """A multipart body that is about to be sent."""

    boundary: str
    parts: tuple[tuple[bytes, bytes | FilePart], ...]

    @property
    def length(self) -> int | None:
        """The octets of the whole body, or None where only reading tells."""
        total = len(self._end)
        for head, content in self.parts:
            size = len(content) if isinstance(content, bytes) else content.size
            if size is None:
                return None
            total += len(head) + size + 2
        return total

    @property
    def replayable(self) -> bool:
        """Whether it can be sent more than once."""
        return all(
            isinstance(content, bytes) or content.replayable
            for _, content in self.parts
        )

    def __iter__(self) -> Iterator[bytes]:
        for head, content in self.parts:
            yield head
            if isinstance(content, bytes):
                yield content
            else:
                yield from content.read()
            yield b"\r\n"
        yield self._end

    @property
    def _end(self) -> bytes:
        return f"--{self.boundary}--\r\n".encode()


@dataclass(frozen=True, slots=True)
class ReceivedPart:
    """A part that arrived.

    The content is octets, or a value to be handed on untouched.
    """

    name: str
    content: Any
    filename: str | None = None
    media_type: str | None = None


def encode_multipart(media: Multipart, value: Any) -> MultipartBody:
    """Return the body for a value.

    A model, or a mapping from property names to values and files.
    """
    boundary = secrets.token_hex(16)
    declared = {part.name: part for part in media.parts}
    parts: list[tuple[bytes, bytes | FilePart]] = []
    for name, item in _properties(media.type, value).items():
        if item is None:
            continue
        for entry, content, media_type in _entries(
            name, item, declared.get(name) or Part(name=name)
        ):
            parts.append((_head(boundary, entry, content, media_type), content))
    return MultipartBody(boundary, tuple(parts))


def decode_multipart(media: Multipart, received: Sequence[ReceivedPart]) -> Any:
    """Return the value that parts make up, as the declared type."""
    shape = shape_of(media.type)
    declared = {part.name: part for part in media.parts}
    held = _Held()
    texts = [pair for one in received if (pair := _as_pair(one)) is not None]
    trees, taken = styled_trees(media.parts, shape, texts, _SPELLING)
    tree: dict[str, Any] = {**trees}
    for one in received:
        if one.name in taken:
            continue
        part = declared.get(one.name) or Part(name=one.name)
        inner = shape.properties.get(one.name) or shape.extra or ANY
        value = _received(one, part, held)
        if (part.repeated or inner.is_array) and not _is_list(value):
            before = tree.get(one.name)
            tree[one.name] = [*before, value] if is_list(before) else [value]
        elif one.name in tree and inner.takes("array"):
            # A property of any kind: a name that repeats holds an array.
            before = tree[one.name]
            tree[one.name] = [*before, value] if is_list(before) else [before, value]
        elif one.name in tree:
            raise CodingError(f"gives the part {one.name[:80]!r} more than once")
        else:
            tree[one.name] = value
    found = typed(media.type, shape, iter((tree,)))
    return held.restored(found) if held.values else found


def _properties(type: Any, value: Any) -> Mapping[str, Any]:
    """Return the properties by wire name.

    Files stay as they are, the rest are JSON values.
    """
    if isinstance(value, BaseModel):
        aliases = {
            name: one.serialization_alias or name
            for name, one in type_fields(value).items()
        }
        values = {
            name: vars(value)[name]
            for name in type_fields(value)
            if name in value.model_fields_set
        }
        values |= value.__pydantic_extra__ or {}
        files = {name for name, item in values.items() if _holds_files(item)}
        plain = value.model_dump(
            mode="json",
            by_alias=True,
            exclude_unset=True,
            exclude=files,
            warnings=False,
        )
        order = [aliases.get(name, name) for name in values]
        found = plain | {aliases.get(name, name): values[name] for name in files}
        return {name: found[name] for name in order if name in found}
    if is_mapping(value):
        return {
            str(name): item if _holds_files(item) else wire_value(item, Any)
            for name, item in value.items()
        }
    raise CodingError("must be an object to travel as multipart")


def type_fields(value: BaseModel) -> Mapping[str, Any]:
    """Return the fields of a model by Python name."""
    return type(value).model_fields


def _holds_files(item: Any) -> bool:
    if is_list(item):
        return bool(item) and all(map(is_file, item))
    return is_file(item)


def _entries(
    name: str, item: Any, part: Part
) -> Iterator[tuple[str, bytes | FilePart, str | None]]:
    if is_list(item) and (part.style is None or part.explode) and not _whole(part):
        for one in item:
            yield name, *_content(name, one, part)
    elif part.style == "deepObject" and is_container(item):
        for entry, text in deep_entries(name, item):
            yield entry, text.encode(), None
    elif part.style is not None and is_dict(item) and part.explode:
        for entry, one in item.items():
            yield entry, text_of(one).encode(), None
    elif part.style is not None and is_container(item):
        delimiter = RAW_DELIMITERS.get(part.style, ",")
        yield name, joined(item, delimiter, guarded(str, delimiter)).encode(), None
    else:
        yield name, *_content(name, item, part)


def _content(name: str, item: Any, part: Part) -> tuple[bytes | FilePart, str | None]:
    if part.binary or is_file(item):
        file = file_part(item, name, part.media_type)
        return file, file.media_type
    if is_container(item):
        return text_of(item).encode(), part.media_type or "application/json"
    if isinstance(item, str) and "json" in (part.media_type or ""):
        return json.dumps(item).encode(), part.media_type
    return text_of(item).encode(), part.media_type


def _whole(part: Part) -> bool:
    """Tell whether an array travels as one part, as JSON."""
    return "json" in (part.media_type or "") and not part.repeated


def _head(
    boundary: str,
    name: str,
    content: bytes | FilePart,
    media_type: str | None,
) -> bytes:
    # Parts of other bodies than forms have names, too: they are properties.
    filename = (
        f'; filename="{_quoted(content.filename)}"'
        if isinstance(content, FilePart)
        else ""
    )
    lines = [
        f"--{boundary}",
        f'Content-Disposition: form-data; name="{_quoted(name)}"{filename}',
    ]
    if media_type:
        lines.append(f"Content-Type: {checked_header(media_type)}")
    if isinstance(content, FilePart):
        lines += [
            f"{checked_header(key)}: {checked_header(value)}"
            for key, value in content.headers.items()
        ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def _quoted(text: str) -> str:
    """Escape a name as browsers do."""
    return (
        text.replace('"', "%22")
        .replace("\r", "%0D")
        .replace("\n", "%0A")
        .replace("\0", "%00")
    )


class _Held:
    """Content that is no text.

    While the rest is validated as JSON, marks stand in its place. They are base64 text,
    too, for types whose JSON is that.
    """

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._mark = secrets.token_hex(8)

    def keep(self, content: Any) -> str:
        """Keep content and return its mark."""
        self.values.append(content)
        return f"{self._mark}{len(self.values) - 1:08}"

    def restored(self, value: Any) -> Any:
        """Put what was kept back in the place of its marks."""
        if isinstance(value, (bytes, str)):
            return self._restored_text(value)
        if is_list(value):
            return [self.restored(item) for item in value]
        if is_dict(value):
            return {key: self.restored(item) for key, item in value.items()}
        if isinstance(value, BaseModel):
            held: dict[str, Any]
            for held in (vars(value), value.__pydantic_extra__ or {}):
                for name, item in list(held.items()):
                    held[name] = self.restored(item)
        return value

    def _restored_text(self, value: bytes | str) -> Any:
        spellings = (
            (value.decode("latin-1"), b64encode(value).decode())
            if isinstance(value, bytes)
            else (value,)
        )
        for text in spellings:
            number = text.removeprefix(self._mark)
            if number != text:
                return self.values[int(number)]
        return value


def _received(one: ReceivedPart, part: Part, held: _Held) -> Tree:
    json_typed = "json" in (one.media_type or part.media_type or "")
    if (
        not isinstance(one.content, bytes)
        or part.binary
        or (one.filename is not None and not json_typed)
    ):
        return held.keep(one.content)
    try:
        text = one.content.decode("utf-8")
        return Exact(json.loads(text)) if json_typed else text
    except UnicodeDecodeError:
        return held.keep(one.content)
    except (ValueError, RecursionError) as error:
        raise CodingError(f"holds a part {one.name[:80]!r} that is not JSON") from error


def _as_pair(one: ReceivedPart) -> Pair | None:
    """Return a part as a field of a form; None where it is a file, or JSON."""
    if one.filename is not None or not isinstance(one.content, bytes):
        return None
    if "json" in (one.media_type or ""):
        return None
    try:
        return Pair(one.name, one.content.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _split(raw: str, style: str) -> list[str]:
    return raw.split(RAW_DELIMITERS.get(style, ","))


def _is_list(value: Tree) -> bool:
    return isinstance(value, Exact) and is_list(value.value)


_SPELLING = Spelling(str, _split)
