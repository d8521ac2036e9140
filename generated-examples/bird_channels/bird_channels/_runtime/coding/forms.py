"""``application/x-www-form-urlencoded`` bodies, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..kinds import is_list, is_mapping
from ..operation import Form, Part
from .arguments import parse_query, typed
from .percent import escape, escape_query_reserved, unescape
from .problem import CodingError
from .shapes import Shape, shape_of
from .styled import Spelling, styled_trees
from .styles import query_pairs
from .texts import Tree, text_of, wire_value
from .trees import object_tree, split_delimited


def encode_form(media: Form, value: Any) -> bytes:
    """Return a form.

    Arrays repeat their name and objects are JSON, unless a part says otherwise.
    """
    fields = wire_value(value, media.type)
    if not is_mapping(fields):
        raise CodingError("must be an object to travel as a form")
    parts = {part.name: part for part in media.parts}
    pairs: list[str] = []
    for name, item in fields.items():
        if item is not None:
            pairs += _field_pairs(name, item, parts.get(name) or Part(name=name))
    return "&".join(pairs).replace("%20", "+").encode("ascii")


def decode_form(media: Form, content: bytes) -> Any:
    """Return the value that a form holds, as the declared type."""
    try:
        raw = content.decode("ascii")
    except UnicodeDecodeError as error:
        raise CodingError("holds characters that a form must encode") from error
    shape = shape_of(media.type)
    return typed(media.type, shape, iter((_form_tree(media, raw, shape),)))


def _field_pairs(name: str, item: Any, part: Part) -> Iterator[str]:
    safe = escape_query_reserved if part.allow_reserved else escape
    if part.style is not None:
        yield from query_pairs(name, item, part.style, part.explode, safe)
    elif is_list(item) and not _is_json(part):
        yield from (f"{escape(name)}={safe(text_of(one))}" for one in item)
    else:
        yield f"{escape(name)}={safe(text_of(item))}"


def _form_tree(media: Form, raw: str, shape: Shape) -> Tree:
    pairs = parse_query(raw)
    trees, taken = styled_trees(media.parts, shape, pairs, _SPELLING)
    rest = [(pair.name, _read(pair.raw)) for pair in pairs if pair.name not in taken]
    plain = object_tree(rest, shape)
    return {**plain, **trees} if is_mapping(plain) else trees


def _read(raw: str) -> str:
    return unescape(raw, plus=True)


def _split(raw: str, style: str) -> list[str]:
    return next(split_delimited(raw, style, _read))


def _is_json(part: Part) -> bool:
    return part.media_type is not None and "json" in part.media_type


_SPELLING = Spelling(_read, _split)
