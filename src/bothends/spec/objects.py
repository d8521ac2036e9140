"""A document in its one normal form, shaped like OpenAPI 3.2 whatever version was read.

Reusable parameters, bodies, responses, headers and path items are resolved; references to schemas stay
references (:class:`bothends.spec.schema.Reference`), because they are what becomes a named type. Defaults that
the specification prescribes (``style``, ``explode``, ``required`` of path parameters) are filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bothends.diagnostics.model import Location
from bothends.spec.schema import Schema


@dataclass(frozen=True, slots=True)
class Example:
    """An example value by name; ``value`` is ``None`` and ``external`` set where it lies elsewhere."""

    name: str
    value: Any = field(hash=False)
    external: str = ""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one property of a form or multipart body is coded."""

    name: str
    content_type: str = ""
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type object.

    ``item_schema``, ``item_encoding`` and ``prefix_encodings`` are of OpenAPI 3.2 (sequential media types).
    """

    media_type: str
    schema: Schema | None
    location: Location
    item_schema: Schema | None = None
    encodings: tuple[Encoding, ...] = ()
    examples: tuple[Example, ...] = ()
    item_encoding: Encoding | None = None
    prefix_encodings: tuple[Encoding, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter, or a header (``place`` is then ``header``). Exactly one of ``schema`` and ``content`` is set."""

    name: str
    place: str
    required: bool
    location: Location
    schema: Schema | None = None
    content: MediaType | None = None
    style: str = ""
    explode: bool = False
    allow_reserved: bool = False
    allow_empty: bool = False
    description: str = ""
    deprecated: bool = False
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestBody:
    """A request body."""

    required: bool
    contents: tuple[MediaType, ...]
    location: Location
    description: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a response."""

    name: str
    operation_id: str = ""
    operation_ref: str = ""
    parameters: tuple[tuple[str, Any], ...] = field(default=(), hash=False)
    description: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """A response. ``status`` is ``200``, ``2XX`` or ``default``."""

    status: str
    contents: tuple[MediaType, ...]
    location: Location
    headers: tuple[Parameter, ...] = ()
    links: tuple[Link, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class ServerVariable:
    """A variable of a server URL."""

    name: str
    default: str
    values: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Server:
    """A server."""

    url: str
    variables: tuple[ServerVariable, ...] = ()
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation with everything it inherits from its path item.

    ``security`` is ``None`` where the operation says nothing and the document's default applies; an empty tuple
    where it says that none is needed. Each alternative is a tuple of (scheme, scopes); an empty one is anonymous.
    """

    method: str
    path: str
    location: Location
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]
    operation_id: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    description: str = ""
    deprecated: bool = False
    security: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] | None = None
    servers: tuple[Server, ...] = ()
    callbacks: tuple[tuple[str, str, tuple[Operation, ...]], ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """A security scheme. ``kind`` is ``apiKey``, ``http``, ``oauth2``, ``openIdConnect`` or ``mutualTLS``."""

    key: str
    kind: str
    location: Location
    place: str = ""
    name: str = ""
    scheme: str = ""
    bearer_format: str = ""
    url: str = ""
    flows: tuple[OAuthFlow, ...] = ()
    description: str = ""
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class OAuthFlow:
    """One OAuth2 flow, by the name that OpenAPI 3 gives it."""

    kind: str
    authorization_url: str = ""
    token_url: str = ""
    refresh_url: str = ""
    device_url: str = ""
    scopes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag."""

    name: str
    description: str = ""
    parent: str = ""
    summary: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    ``version`` is the version as written and for messages only. ``component_schemas`` maps the names of component
    schemas of the root document to their canonical keys, in document order. ``schema(key)`` gives the schema of
    a canonical key, read on first use; it raises :class:`bothends.diagnostics.model.DocumentError` if there is none.
    """

    title: str
    api_version: str
    version: str
    location: Location
    description: str
    servers: tuple[Server, ...]
    tags: tuple[Tag, ...]
    operations: tuple[Operation, ...]
    webhooks: tuple[Operation, ...]
    security: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
    security_schemes: tuple[SecurityScheme, ...]
    component_schemas: Mapping[str, str] = field(hash=False)
    schema: Callable[[str], Schema] = field(hash=False)
