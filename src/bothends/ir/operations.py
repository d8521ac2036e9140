"""Operations: what goes over the wire, in the terms of OpenAPI 3.2."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bothends.diagnostics.model import Location
from bothends.ir.declarations import NO_DOC, DefaultValue, Doc
from bothends.ir.pagination import Pagination
from bothends.ir.types import JsonValue, Type


@dataclass(frozen=True, slots=True, order=True)
class OperationId:
    """Identity of an operation. For a webhook or callback ``path`` is ``webhook:NAME`` and the like."""

    method: str  # upper case
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def anchor(self) -> str:
        """The anchor of the inline types of this operation (see :class:`bothends.ir.types.TypeId`)."""
        return f"operation:{self}"


@dataclass(frozen=True, slots=True)
class Slot:
    """A ``{name}`` in a path template."""

    wire: str


@dataclass(frozen=True, slots=True)
class PathTemplate:
    """A path split into literal text and slots, in order."""

    parts: tuple[str | Slot, ...]


class Place(StrEnum):
    """Where a parameter travels. ``QUERYSTRING`` is the whole query string (OpenAPI 3.2)."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    QUERYSTRING = "querystring"


class StyleName(StrEnum):
    """How a value is spelled outside JSON (OpenAPI 3.2, section 4.12.3)."""

    MATRIX = "matrix"
    LABEL = "label"
    SIMPLE = "simple"
    FORM = "form"
    SPACE_DELIMITED = "spaceDelimited"
    PIPE_DELIMITED = "pipeDelimited"
    TAB_DELIMITED = "tabDelimited"  # OpenAPI 2.0: collectionFormat tsv
    DEEP_OBJECT = "deepObject"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True)
class Style:
    """Serialisation by style."""

    name: StyleName
    explode: bool
    allow_reserved: bool = False
    allow_empty: bool = False


class Codec(StrEnum):
    """How the body of a media type is coded."""

    JSON = "json"
    YAML = "yaml"  # the values of JSON in another spelling
    FORM = "form"  # application/x-www-form-urlencoded
    MULTIPART = "multipart"
    TEXT = "text"
    BYTES = "bytes"
    EVENTS = "events"  # text/event-stream
    JSON_LINES = "json-lines"  # application/jsonl, application/x-ndjson, application/json-seq
    XML = "xml"

    @property
    def is_streamed(self) -> bool:
        """Whether a body is a sequence of items that are read one by one."""
        return self in (Codec.EVENTS, Codec.JSON_LINES)

    @property
    def is_octets(self) -> bool:
        """Whether a body stays the octets that it is."""
        return self in (Codec.BYTES, Codec.XML)


@dataclass(frozen=True, slots=True)
class Part:
    """A property of a form or multipart body: its media type, or its style where that applies."""

    wire: str
    type: Type
    media_type: str | None = None
    style: Style | None = None
    headers: tuple[Parameter, ...] = ()
    repeated: bool = False  # an array that is sent as one part for each item


@dataclass(frozen=True, slots=True)
class Content:
    """One media type of a body. ``item`` is the type of one event or line of a sequential media type."""

    media_type: str
    codec: Codec
    type: Type | None
    origin: Location
    item: Type | None = None
    parts: tuple[Part, ...] = ()
    examples: tuple[tuple[str, JsonValue], ...] = field(default=(), hash=False)

    @property
    def element(self) -> Type | None:
        """The type of one event or line; documents before OpenAPI 3.2 state it as the type of the body."""
        return self.item if self.item is not None else self.type


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation, or a header of a response (``place`` is then ``HEADER``)."""

    wire: str
    place: Place
    type: Type
    required: bool
    encoding: Style | Content
    origin: Location
    default: DefaultValue | None = None
    doc: Doc = NO_DOC
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A request body; several media types are alternatives, in document order."""

    required: bool
    contents: tuple[Content, ...]
    origin: Location
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class Exact:
    """One status code."""

    code: int


@dataclass(frozen=True, slots=True)
class StatusRange:
    """A class of status codes, such as ``4XX``."""

    hundreds: int


@dataclass(frozen=True, slots=True)
class Otherwise:
    """``default``: every status code not named."""


Status: TypeAlias = Exact | StatusRange | Otherwise


@dataclass(frozen=True, slots=True)
class Response:
    """What comes back with a status. No contents: no body."""

    status: Status
    contents: tuple[Content, ...]
    origin: Location
    headers: tuple[Parameter, ...] = ()
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a server's URL."""

    name: str
    default: str
    values: tuple[str, ...] = ()
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class Server:
    """A base URL, possibly with ``{variables}``."""

    url: str
    variables: tuple[Variable, ...] = ()
    name: str = ""
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class Requirement:
    """Security schemes that must all be satisfied: (key of the scheme, scopes). None: anonymous access."""

    all_of: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation.

    ``key`` is its ``operationId``, or ``""``; ``group`` its first tag as written, or ``"default"``; ``hint`` is a name
    that the document offers for it (``x-fern-sdk-method-name`` and the like).
    ``security`` lists alternatives; empty: none demanded. ``servers`` is empty where the document's apply.
    """

    id: OperationId
    key: str
    group: str
    path: PathTemplate
    parameters: tuple[Parameter, ...]
    body: Body | None
    responses: tuple[Response, ...]
    security: tuple[Requirement, ...]
    origin: Location
    servers: tuple[Server, ...] = ()
    doc: Doc = NO_DOC
    deprecated: bool = False
    pagination: Pagination | None = None
    hint: str = ""

    @property
    def label(self) -> str:
        """What the document calls it: its ``operationId``, or else its method and path."""
        return self.key or str(self.id)
