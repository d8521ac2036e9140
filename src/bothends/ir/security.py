"""Security schemes. ``key`` is the scheme's name in the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bothends.ir.declarations import NO_DOC, Doc


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A secret in a header, the query or a cookie (``place``) called ``name``."""

    key: str
    place: str
    name: str
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class HttpAuth:
    """An ``Authorization`` scheme as written in the document, such as ``bearer`` or ``AccessKey``."""

    key: str
    scheme: str
    bearer_format: str = ""
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class OAuthFlow:
    """One OAuth2 flow, called in ``kind`` as OpenAPI calls it: ``clientCredentials`` and so on."""

    kind: str
    authorization_url: str = ""
    token_url: str = ""
    refresh_url: str = ""
    device_url: str = ""
    scopes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OAuth2:
    """OAuth 2.0."""

    key: str
    flows: tuple[OAuthFlow, ...]
    metadata_url: str = ""
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class OpenIdConnect:
    """OpenID Connect discovery."""

    key: str
    url: str
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class MutualTls:
    """A client certificate."""

    key: str
    doc: Doc = NO_DOC


Scheme: TypeAlias = ApiKey | HttpAuth | OAuth2 | OpenIdConnect | MutualTls
