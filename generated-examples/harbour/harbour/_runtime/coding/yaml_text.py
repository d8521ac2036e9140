"""Bodies in YAML (RFC 9512), by way of JSON text.

Written YAML needs no library: collections in block style, scalars as JSON spells
them. YAML that is read is either JSON, or needs PyYAML; of that only the parser is
used, which makes no objects. Plain scalars mean what the core schema of YAML 1.2 says:
``no`` is text, and so is a date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, Self

from pydantic_core import from_json

from ..kinds import is_dict, is_list
from .problem import CodingError

_DEPTH = 100
# Aliases may repeat what they stand for. So much longer than the text that is read may
# the JSON become, before somebody is up to something.
_GROWTH = 8
_ALWAYS = 65536
_NULL = re.compile(r"(?:null|Null|NULL|~|)")
_BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
_INTEGER = re.compile(r"([-+]?)0*([0-9]+)")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"([-+]?)0*([0-9]*)(?:\.([0-9]*))?([eE][-+]?[0-9]+)?")
_BARE_POWER = re.compile(r"^(-?[0-9]+)[eE]([-+]?)([0-9]+)$")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset({f"{_TAG}{name}" for name in ("null", "bool", "int", "float")})
# JSON leaves these as they are; YAML takes them for no part of a text.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TELLING = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


class NoReaderError(CodingError):
    """PyYAML is not installed, and the body is YAML that is not JSON."""


def from_yaml(content: bytes) -> bytes:
    """Return the JSON text of YAML.

    Raises NoReaderError; CodingError for what is no YAML, or has no JSON: other tags
    than those of the core schema, keys that are collections, infinite numbers.
    """
    if _is_json(content):
        return content
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodingError("is not YAML in UTF-8") from error
    library = _library()
    if library is None:
        raise NoReaderError("is YAML, which can be read where PyYAML is installed")
    loader = getattr(library, "CSafeLoader", None) or library.SafeLoader
    try:
        reader = _Reader(library.parse(text, Loader=loader), len(content))
        return reader.document().encode("utf-8", "surrogatepass")
    except library.YAMLError as error:
        raise CodingError("is not YAML") from error


def to_yaml(content: bytes) -> bytes:
    """Return JSON text as YAML."""
    # Numbers keep their spelling, whatever their size.
    value = json.loads(content, parse_float=_Spelt, parse_int=_Spelt)
    return ("\n".join(_lines(value, "")) + "\n").encode("utf-8")


@cache
def _library() -> Any:
    try:
        return import_module("yaml")
    except ImportError:
        return None


def _is_json(content: bytes) -> bool:
    try:
        from_json(content, allow_inf_nan=False)
    except ValueError:
        return False
    return True


class _Reader:
    """Makes JSON text of the events of a parser."""

    def __init__(self, events: Iterator[Any], length: int) -> None:
        self._events = events
        self._anchors: dict[str, str] = {}
        self._most = length * _GROWTH + _ALWAYS

    def document(self) -> str:
        """Return the only document; an empty text is null."""
        found: str | None = None
        for event in self._events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                if found is not None:
                    raise CodingError("holds more than one YAML document")
                found = self._value(next(self._events), 0)
        return "null" if found is None else found

    def _value(self, event: Any, depth: int) -> str:
        if depth > _DEPTH:
            raise CodingError("is nested too deeply")
        kind = type(event).__name__
        if kind == "AliasEvent":
            found = self._anchors.get(event.anchor)
            if found is None:
                raise CodingError("has an alias for what is not there, or not whole")
            return found
        if kind == "ScalarEvent":
            found = _scalar(event)
        elif kind == "SequenceStartEvent":
            _check_tag(event.tag, "seq")
            found = self._array(depth)
        else:
            _check_tag(event.tag, "map")
            found = self._object(depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = found
        return found

    def _array(self, depth: int) -> str:
        items: list[str] = []
        for event in self._events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            items.append(self._value(event, depth + 1))
        return self._joined("[", items, "]")

    def _object(self, depth: int) -> str:
        fields: list[str] = []
        names: set[str] = set()
        for event in self._events:
            if type(event).__name__ == "MappingEndEvent":
                break
            name = self._name(event)
            if name in names:
                raise CodingError("has a key twice in one mapping")
            names.add(name)
            fields.append(f"{name}:{self._value(next(self._events), depth + 1)}")
        return self._joined("{", fields, "}")

    def _name(self, event: Any) -> str:
        """Return a key as JSON text. ``1:`` and ``true:`` are names as well."""
        kind = type(event).__name__
        if kind == "AliasEvent":
            found = self._anchors.get(event.anchor, "")
        elif kind == "ScalarEvent":
            found = json.dumps(event.value, ensure_ascii=False)
            if event.anchor is not None:
                self._anchors[event.anchor] = _scalar(event)
        else:
            found = ""
        if not found.startswith('"'):
            raise CodingError("has a key that is no text")
        return found

    def _joined(self, start: str, pieces: list[str], end: str) -> str:
        if sum(map(len, pieces)) > self._most:
            raise CodingError("repeats too much of itself")
        return f"{start}{','.join(pieces)}{end}"


def _scalar(event: Any) -> str:
    text: str = event.value
    tag = event.tag
    if tag in _PLAIN_TAGS or event.implicit[0]:
        return _plain(text)
    if tag not in (None, "!"):
        _check_tag(tag, "str")
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    """Return what a scalar without quotation marks means."""
    if _NULL.fullmatch(text):
        return "null"
    if _BOOLEAN.fullmatch(text):
        return text.lower()
    if found := _INTEGER.fullmatch(text):
        return f"{found[1].strip('+')}{found[2]}"
    if _OTHER_BASE.fullmatch(text) and len(text) <= _DEPTH:
        return str(int(text, 0))
    if _NO_NUMBER.fullmatch(text):
        raise CodingError("holds a number that JSON does not have")
    found = _FLOAT.fullmatch(text)
    if found and (found[2] or found[3]):
        power = found[4] or ""
        return f"{found[1].strip('+')}{found[2] or '0'}.{found[3] or '0'}{power}"
    return json.dumps(text, ensure_ascii=False)


def _check_tag(tag: str | None, name: str) -> None:
    if tag is not None and tag != f"{_TAG}{name}" and tag != "!":
        raise CodingError("has a tag that JSON has no value for")


class _Spelt(float):
    """A number that keeps its spelling."""

    def __new__(cls, text: str) -> Self:
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str


def _lines(value: Any, indent: str) -> Iterator[str]:
    """Yield the lines of a value, the first of them without its indentation."""
    inner = f"{indent}  "
    if is_dict(value) and value:
        for number, (name, item) in enumerate(value.items()):
            start = indent if number else ""
            yield from _entry(f"{start}{_key(name)}:", item, inner)
    elif is_list(value) and value:
        for number, item in enumerate(value):
            first, *others = _lines(item, inner)
            yield f"{indent if number else ''}- {first}"
            yield from others
    else:
        yield _written(value)


def _entry(start: str, item: Any, inner: str) -> Iterator[str]:
    if item and (is_dict(item) or is_list(item)):
        first, *others = _lines(item, inner)
        yield start
        yield f"{inner}{first}"
        yield from others
    else:
        yield f"{start} {_written(item)}"


def _key(name: str) -> str:
    plain = _SIMPLE.fullmatch(name) and name.lower() not in _TELLING
    return name if plain else _quoted(name)


def _written(value: Any) -> str:
    if isinstance(value, _Spelt):
        # YAML 1.1 takes 1e5 for text.
        return _BARE_POWER.sub(_with_point, value.text)
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


def _with_point(found: re.Match[str]) -> str:
    return f"{found[1]}.0e{found[2] or '+'}{found[3]}"


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
