"""What an operation is, said once, for both ends.

The client builds requests from it, the server routes and decodes by it.

Generated code holds one function for each operation that returns an :class:`Operation`;
it is called (once) when the operation is first used, so that importing a package builds
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar

if TYPE_CHECKING:
    from .errors import StatusError
    from .pagination import Pages

T_co = TypeVar("T_co", covariant=True)

Place: TypeAlias = Literal["path", "query", "header", "cookie", "querystring"]
Style: TypeAlias = Literal[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "tabDelimited",
    "deepObject",
    "cookie",
]


@dataclass(frozen=True, kw_only=True)
class Media:
    """One media type of a body: its name, and the type of its values.

    ``type`` is anything that pydantic takes as a type: a class, ``list[Pet]``, a union,
    an ``Annotated``.
    """

    media_type: str
    type: Any = field(default=Any)


class Json(Media):
    """JSON, ``application/json`` or another media type of its family."""

    def __init__(self, type: Any, media_type: str = "application/json") -> None:
        super().__init__(type=type, media_type=media_type)


class Yaml(Json):
    """YAML: another spelling of the values that JSON has."""

    def __init__(self, type: Any, media_type: str = "application/yaml") -> None:
        super().__init__(type=type, media_type=media_type)


class Text(Media):
    """Text."""

    def __init__(self, media_type: str = "text/plain", type: Any = str) -> None:
        super().__init__(type=type, media_type=media_type)


class Binary(Media):
    """Raw octets."""

    def __init__(self, media_type: str = "application/octet-stream") -> None:
        super().__init__(type=bytes, media_type=media_type)


class Events(Media):
    """Server-sent events, each with data of ``type``."""

    def __init__(self, type: Any = str, media_type: str = "text/event-stream") -> None:
        super().__init__(type=type, media_type=media_type)


class JsonLines(Media):
    """A sequence of JSON values of ``type``, one a line."""

    def __init__(self, type: Any = Any, media_type: str = "application/jsonl") -> None:
        super().__init__(type=type, media_type=media_type)


@dataclass(frozen=True, kw_only=True)
class Part:
    """How one property of a form or multipart body travels.

    ``style`` set: as a parameter of that style. Otherwise as ``media_type`` (by default
    text for scalars, JSON for objects, octets for binary). ``repeated``: an array, one
    part for each item.
    """

    name: str
    media_type: str | None = None
    style: Style | None = None
    explode: bool = True
    allow_reserved: bool = False
    repeated: bool = False
    binary: bool = False


class Form(Media):
    """``application/x-www-form-urlencoded``.

    ``parts`` names the properties that deviate from the default.
    """

    parts: tuple[Part, ...]

    def __init__(
        self,
        type: Any,
        parts: tuple[Part, ...] = (),
        media_type: str = "application/x-www-form-urlencoded",
    ) -> None:
        super().__init__(type=type, media_type=media_type)
        object.__setattr__(self, "parts", parts)


class Multipart(Media):
    """``multipart/form-data`` and its family; ``parts`` describes every property."""

    parts: tuple[Part, ...]

    def __init__(
        self,
        type: Any,
        parts: tuple[Part, ...] = (),
        media_type: str = "multipart/form-data",
    ) -> None:
        super().__init__(type=type, media_type=media_type)
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter: ``name`` is its Python name, ``wire`` what goes over the wire.

    ``media`` set: the value is coded as that media type instead of by style.
    """

    name: str
    wire: str
    place: Place
    type: Any = str
    required: bool = False
    style: Style = "form"
    explode: bool = True
    allow_reserved: bool = False
    allow_empty: bool = False
    default: Any = None
    media: Media | None = None


class PathParameter(Parameter):
    """A parameter in the path.

    Always required; ``simple`` unless another style is given.
    """

    def __init__(
        self,
        name: str,
        type: Any = str,
        *,
        wire: str | None = None,
        style: Style = "simple",
        **rest: Any,
    ) -> None:
        rest.setdefault("explode", False)
        super().__init__(
            name=name,
            wire=wire or name,
            place="path",
            type=type,
            required=True,
            style=style,
            **rest,
        )


class QueryParameter(Parameter):
    """A parameter in the query; ``form`` and exploded unless said otherwise."""

    def __init__(
        self,
        name: str,
        type: Any = str,
        *,
        wire: str | None = None,
        style: Style = "form",
        **rest: Any,
    ) -> None:
        rest.setdefault("explode", style == "form")
        super().__init__(
            name=name, wire=wire or name, place="query", type=type, style=style, **rest
        )


class HeaderParameter(Parameter):
    """A parameter in a header."""

    def __init__(
        self, name: str, type: Any = str, *, wire: str | None = None, **rest: Any
    ) -> None:
        rest.setdefault("explode", False)
        super().__init__(
            name=name,
            wire=wire or name,
            place="header",
            type=type,
            style="simple",
            **rest,
        )


class CookieParameter(Parameter):
    """A parameter in a cookie."""

    def __init__(
        self,
        name: str,
        type: Any = str,
        *,
        wire: str | None = None,
        style: Style = "form",
        **rest: Any,
    ) -> None:
        super().__init__(
            name=name, wire=wire or name, place="cookie", type=type, style=style, **rest
        )


@dataclass(frozen=True)
class Body:
    """The request body: one media type, or several; the first is the default."""

    media: tuple[Media, ...]
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class Returns:
    """A documented success.

    ``status`` is a code, a range such as ``"2XX"``, or ``"default"``.
    """

    status: int | str
    media: tuple[Media, ...] = ()
    headers: tuple[Parameter, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Raises:
    """A documented failure, and the exception class that stands for it."""

    status: int | str
    error: type[StatusError]
    media: tuple[Media, ...] = ()
    headers: tuple[Parameter, ...] = ()


class Items(Generic[T_co]):
    """For type checkers: what a call returns whose answer is a stream of items."""


def _is_second(media: Media) -> bool:
    """Tell whether a media type is only taken where there is no JSON."""
    return isinstance(media, Yaml) or media.media_type.endswith("xml")


Requirement: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Operation(Generic[T_co]):
    """An operation; ``T_co`` is what a successful call returns.

    ``key`` is the ``operationId`` of the document, or ``"GET /path"`` where it has
    none. ``security`` lists alternatives, each a mapping from scheme to scopes that
    must all be satisfied; an empty mapping is anonymous access, an empty tuple demands
    nothing. ``servers`` replaces the base URL where the operation has its own.
    ``pages`` says how the pages of a list follow each other.
    """

    key: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    returns: tuple[Returns, ...] = ()
    raises: tuple[Raises, ...] = ()
    security: tuple[Requirement, ...] = ()
    servers: tuple[str, ...] = ()
    pages: Pages | None = None

    @cached_property
    def responses(self) -> Mapping[int | str, Returns | Raises]:
        """All documented responses by status."""
        found: tuple[Returns | Raises, ...] = (*self.returns, *self.raises)
        return {response.status: response for response in found}

    @cached_property
    def heads(self) -> dict[tuple[int, str], Any]:
        """What clients found out about heads of responses: by status, content type."""
        return {}

    @cached_property
    def accept(self) -> str:
        """The media types that the operation answers with, as an ``Accept`` header."""
        found: dict[str, None] = {}
        for response in self.responses.values():
            has_json = any("json" in media.media_type for media in response.media)
            for media in response.media:
                if not (has_json and _is_second(media)):
                    found[media.media_type] = None
        return ", ".join(found) or "*/*"

    def response_for(self, status: int) -> Returns | Raises | None:
        """Return what is documented for a status: code, else range, else default."""
        found = self.responses
        return (
            found.get(status) or found.get(f"{status // 100}XX") or found.get("default")
        )
