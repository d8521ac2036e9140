"""A body to octets.

Which of the documented media types it is, and how that is written.
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Callable,
    Iterable,
    Iterator,
    Mapping,
)
from dataclasses import dataclass
from inspect import isclass
from types import UnionType
from typing import (
    Annotated,
    Any,
    Protocol,
    TypeAlias,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError, from_json, to_json

from ..adapters import adapter, decode, is_other_model
from ..coding.files import FileContent, file_part, is_file
from ..coding.forms import encode_form
from ..coding.multipart import encode_multipart
from ..coding.problem import CodingError
from ..coding.texts import text_of, wire_value
from ..kinds import is_dict, is_iterator, is_mapping
from ..operation import (
    Binary,
    Body,
    Events,
    Form,
    Json,
    JsonLines,
    Media,
    Multipart,
    Yaml,
)
from ..problems import problems_of


class Upload(Protocol):
    """A body that is read in pieces while it is sent."""

    @property
    def length(self) -> int | None:
        """Its octets, or None where only reading tells."""
        ...

    @property
    def replayable(self) -> bool:
        """Whether it can be sent more than once."""
        ...

    def __iter__(self) -> Iterator[bytes]: ...


T_co = TypeVar("T_co", covariant=True)

Fields: TypeAlias = Mapping[str, Any]
"""The properties of a multipart body by wire name.

A file may be octets, a path, an open file, or a tuple of file name, content and type.
"""

Octets: TypeAlias = FileContent | Iterable[bytes]
"""A body of octets: as such, as a file or its path, or in pieces."""

AsyncOctets: TypeAlias = FileContent | Iterable[bytes] | AsyncIterable[bytes]
"""A body of octets: as such, as a file or its path, or in pieces."""

ItemSource: TypeAlias = Iterable[T_co]
"""The items of a body that is a sequence, sent as they come."""

AsyncItemSource: TypeAlias = Iterable[T_co] | AsyncIterable[T_co]
"""The items of a body that is a sequence, sent as they come."""

Content: TypeAlias = bytes | Upload | None
NO_BODY: Content = None


def encode_body(
    body: Body, value: Any, media_type: str | None, extra: Mapping[str, Any] | None
) -> tuple[Content, str]:
    """Return the octets of a body, and its media type."""
    media = choose_media(body, value, media_type)
    named = media_type or _concrete(media.media_type, value)
    if isinstance(media, Multipart):
        multipart = encode_multipart(media, _extended(value, extra))
        return multipart, f"{named}; boundary={multipart.boundary}"
    if isinstance(media, Form):
        return encode_form(media, _checked(media.type, _extended(value, extra))), named
    if isinstance(media, Json):
        content = json_body(media.type, value, extra)
        if isinstance(media, Yaml):
            # Imported on use: few APIs speak YAML.
            from ..coding.yaml_text import to_yaml

            content = to_yaml(content)
        return content, named
    if extra:
        raise CodingError("is no object that extra_body could add to")
    if isinstance(media, (JsonLines, Events)):
        return _Items(media, value), named
    return _plain(media, value), named


def choose_media(body: Body, value: Any, media_type: str | None) -> Media:
    """Return the documented media type for a value.

    The one asked for, else the first that fits.
    """
    if media_type is not None:
        wanted = essence(media_type)
        # Parameters may be all that tells two of them apart.
        exact = [media for media in body.media if media.media_type == media_type]
        for media in (*exact, *body.media):
            if matches(media.media_type, wanted):
                return media
        known = ", ".join(media.media_type for media in body.media)
        raise CodingError(
            f"cannot be sent as {media_type}; the operation takes {known}"
        )
    # What has two spellings is written as JSON.
    ordered = sorted(body.media, key=lambda media: isinstance(media, Yaml))
    first, *others = ordered
    if not others:
        return first
    fallback: Media | None = None
    for media in ordered:
        if _fits(media, value):
            if not is_other_model(media.type, value):
                return media
            fallback = fallback or media
    return fallback or first


def json_body(type: Any, value: Any, extra: Mapping[str, Any] | None = None) -> bytes:
    """Return a value as JSON.

    What is not of the type is read as one first, and refused where it is none.
    """
    content = _json_text(type, value)
    if not extra:
        return content
    found = from_json(content)
    if not is_dict(found):
        raise CodingError("is no object that extra_body could add to")
    return to_json({**found, **extra})


def essence(media_type: str) -> str:
    """Return a media type without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def matches(documented: str, found: str) -> bool:
    """Tell whether a media type falls under a documented one, which may be a range."""
    pattern = essence(documented)
    if pattern == found or pattern in ("*/*", "*"):
        return True
    kind, _, rest = pattern.partition("/")
    return rest == "*" and found.startswith(f"{kind}/")


def _json_text(type: Any, value: Any) -> bytes:
    if is_instance(value, type):
        try:
            return adapter(type).dump_json(
                value, by_alias=True, exclude_unset=True, warnings=False
            )
        except PydanticSerializationError as error:
            raise CodingError("holds a value that has no JSON") from error
    return adapter(type).dump_json(
        _checked(type, value), by_alias=True, exclude_unset=True, warnings=False
    )


def _checked(type: Any, value: Any) -> Any:
    """Return a value of the type for a plain one, such as a dict in wire names."""
    if is_instance(value, type):
        return value
    try:
        return adapter(type).validate_python(value)
    except ValidationError as first:
        try:
            return decode(type, to_json(value, by_alias=True))
        except (ValidationError, PydanticSerializationError):
            raise CodingError(
                f"is not what the document asks for: {problems_of(first)[0]}"
            ) from first


def is_instance(value: Any, type: Any) -> bool:
    """Tell whether a value is an instance of a class, or of one in a union."""
    if isinstance(type, UnionType) or get_origin(type) is Union:
        return any(is_instance(value, member) for member in get_args(type))
    if get_origin(type) is Annotated:
        return is_instance(value, get_args(type)[0])
    # Containers and scalars have items and limits to be checked; a model was checked
    # when it was made.
    return isclass(type) and hasattr(type, "model_fields") and isinstance(value, type)


def _fits(media: Media, value: Any) -> bool:
    if is_iterator(value) and not is_file(value):
        # Looking at what it yields would use it up.
        return isinstance(media, (Binary, Events, JsonLines))
    if isinstance(media, Binary):
        return is_file(value)
    if isinstance(media, Multipart):
        return is_instance(value, media.type) or (
            is_mapping(value) and any(map(is_file, value.values()))
        )
    if is_file(value):
        return False
    try:
        _checked(media.type, value)
    except CodingError:
        return False
    return True


def _extended(value: Any, extra: Mapping[str, Any] | None) -> Any:
    if not extra:
        return value
    if not is_mapping(value):
        raise CodingError("is a model; give a dict to use extra_body with a form")
    return {**value, **extra}


def _plain(media: Media, value: Any) -> Content:
    if isinstance(media, Binary) or is_file(value):
        if isinstance(value, str):
            return value.encode("utf-8")
        if isinstance(value, bytes):
            return value
        if is_file(value):
            return _File(value)
        if isinstance(value, (Iterable, AsyncIterable)):
            return _Stream(cast("Iterable[bytes]", value))
        raise CodingError("must be octets, a file, a path or an iterable of octets")
    return text_of(wire_value(value, media.type)).encode("utf-8")


def _concrete(media_type: str, value: Any) -> str:
    """Return a media type for a range: by the ending of a file's name, if any."""
    if "*" not in media_type:
        return media_type
    if is_file(value):
        return file_part(value, "body", media_type).media_type
    return "application/octet-stream"


class _File:
    """One file as the whole body."""

    def __init__(self, value: Any) -> None:
        self._part = file_part(value, "body", None)
        self.length = self._part.size
        self.replayable = self._part.replayable

    def __iter__(self) -> Iterator[bytes]:
        return self._part.read()


@dataclass(frozen=True)
class _Stream:
    """Octets from the caller's own iterable."""

    source: Iterable[bytes] | AsyncIterable[bytes]
    length: int | None = None

    @property
    def replayable(self) -> bool:
        return isinstance(self.source, (list, tuple))

    def __iter__(self) -> Iterator[bytes]:
        return iter(_not_async(self.source))

    def __aiter__(self) -> AsyncIterator[bytes]:
        return _each(self.source, bytes)


@dataclass(frozen=True)
class _Items:
    """JSON values, each on a line or in an event of its own."""

    media: Media
    source: Any
    length: int | None = None

    @property
    def replayable(self) -> bool:
        return isinstance(self.source, (list, tuple))

    def __iter__(self) -> Iterator[bytes]:
        return map(self._written, _not_async(self.source))

    def __aiter__(self) -> AsyncIterator[bytes]:
        return _each(self.source, self._written)

    def _written(self, item: Any) -> bytes:
        if isinstance(self.media, Events):
            text = (
                item
                if isinstance(item, str)
                else _json_text(self.media.type, item).decode("utf-8")
            )
            return (
                "".join(f"data: {line}\n" for line in text.splitlines() or [""]).encode(
                    "utf-8"
                )
                + b"\n"
            )
        if essence(self.media.media_type) == "application/json-seq":
            return b"\x1e" + _json_text(self.media.type, item) + b"\n"
        return _json_text(self.media.type, item) + b"\n"


async def _each(source: Any, written: Callable[[Any], bytes]) -> AsyncIterator[bytes]:
    if hasattr(source, "__aiter__"):
        async for item in source:
            yield written(item)
    else:
        for item in source:
            yield written(item)


def _not_async(source: Any) -> Iterable[Any]:
    if hasattr(source, "__aiter__"):
        raise CodingError(
            "is an asynchronous iterable, which only AsyncClient can send"
        )
    if isinstance(source, (str, bytes)) or not hasattr(source, "__iter__"):
        raise CodingError("must be an iterable of items")
    found: Iterable[Any] = source
    return found
