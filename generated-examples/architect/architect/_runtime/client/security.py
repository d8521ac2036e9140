"""Credentials: which of them a call needs, where they come from, and where they go."""

from __future__ import annotations

import base64
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ..coding.percent import escape
from ..errors import ConfigurationError
from ..operation import Requirement
from .digest import Digest
from .requests import Draft
from .tokens import TokenSource

Secret: TypeAlias = str | Callable[[], str]
"""A credential, or a function that supplies it for each call."""
AsyncSecret: TypeAlias = str | Callable[[], str | Awaitable[str]]
"""A credential, or a function, awaitable or not, that supplies it for each call."""
Login: TypeAlias = tuple[str, str] | Callable[[], tuple[str, str]]
"""User name and password, or a function that supplies them for each call."""
AsyncLogin: TypeAlias = (
    tuple[str, str] | Callable[[], tuple[str, str] | Awaitable[tuple[str, str]]]
)
"""User name and password, or a function, awaitable or not, that supplies them."""
Token: TypeAlias = Secret | TokenSource
"""An access token, a function that supplies it, or what to get one with."""
AsyncToken: TypeAlias = AsyncSecret | TokenSource
"""An access token, a function that supplies it, or what to get one with."""


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A security scheme.

    The constructor argument and the environment variable that hold its credential.
    """

    argument: str
    environment: str

    def read_environment(self) -> Any:
        """Return the credential that the environment holds, or None."""
        return os.environ.get(self.environment) or None

    def apply(self, draft: Draft, value: Any) -> None:
        """Put a credential into a request."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class ApiKey(Scheme):
    """A key in a header, the query or a cookie."""

    name: str
    place: str

    def apply(self, draft: Draft, value: Any) -> None:
        """Put a credential into a request."""
        text = _text(value, self.argument)
        draft.hide(text)
        if self.place == "header":
            draft.set_header(self.name, text)
        elif self.place == "query":
            draft.hide(escape(text))
            _add_once(draft.query, escape(self.name), escape(text))
        else:
            _add_once(draft.cookies, self.name, escape(text))


def _add_once(pairs: list[str], name: str, value: str) -> None:
    """Add a pair, unless the document has the key as an argument, which was given."""
    if not any(pair.partition("=")[0] == name for pair in pairs):
        pairs.append(f"{name}={value}")


@dataclass(frozen=True, kw_only=True)
class HttpScheme(Scheme):
    """``Authorization: SCHEME credential``, the scheme spelled as in the document."""

    scheme: str

    def apply(self, draft: Draft, value: Any) -> None:
        """Put a credential into a request."""
        text = _text(value, self.argument)
        draft.hide(text)
        draft.set_header("Authorization", f"{self.scheme} {text}")


@dataclass(frozen=True, kw_only=True)
class HttpBearer(HttpScheme):
    """``Authorization: Bearer token``."""

    scheme: str = "Bearer"


@dataclass(frozen=True, kw_only=True)
class HttpBasic(Scheme):
    """User name and password."""

    def read_environment(self) -> Any:
        """Return the credential that the environment holds, or None."""
        user = os.environ.get(f"{self.environment}_USERNAME")
        return (
            (user, os.environ.get(f"{self.environment}_PASSWORD", "")) if user else None
        )

    def apply(self, draft: Draft, value: Any) -> None:
        """Put a credential into a request."""
        user, password = _login(value, self.argument)
        if ":" in user:
            raise ConfigurationError(
                f"{self.argument}: a user name cannot hold a colon"
            )
        text = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        draft.hide(text)
        draft.hide(password)
        draft.set_header("Authorization", f"Basic {text}")


@dataclass(frozen=True, kw_only=True)
class HttpDigest(HttpBasic):
    """User name and password, by challenge."""

    def apply(self, draft: Draft, value: Any) -> None:
        """Put a credential into a request."""
        if not isinstance(value, Digest):
            raise TypeError("the client keeps what servers ask of a login")
        draft.hide(value.password)
        text = value.answer(draft.method, draft.url)
        if text is not None:
            draft.set_header("Authorization", text)


@dataclass(frozen=True, kw_only=True)
class OAuth2(HttpScheme):
    """OAuth 2.0: an access token, or what gets one at ``token_url``."""

    scheme: str = "Bearer"
    token_url: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenIdConnect(HttpScheme):
    """OpenID Connect: an access token."""

    scheme: str = "Bearer"
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class MutualTls(Scheme):
    """A client certificate, which the HTTP client brings."""

    argument: str = ""
    environment: str = ""

    def read_environment(self) -> Any:
        """Return a credential that stands for the connection's own."""
        return ""

    def apply(self, draft: Draft, value: Any) -> None:
        """Do nothing: the connection carries it."""


@dataclass(frozen=True)
class Credentials:
    """The credentials that a client was given, by scheme.

    Its ``repr`` shows none of them.
    """

    schemes: Mapping[str, Scheme]
    given: Mapping[str, Any] = field(repr=False)
    _digests: dict[str, Digest] = field(
        default_factory=dict[str, Digest], repr=False, compare=False
    )

    def find(self, key: str) -> Any:
        """Return the credential for a scheme, given or from the environment.

        None without one.
        """
        scheme = self.schemes.get(key)
        if scheme is None:
            return None
        given = self.given.get(scheme.argument)
        return given if given is not None else scheme.read_environment()

    def digest(self, key: str, login: Any) -> Digest:
        """Return what is known of digest authentication with a login."""
        user, password = _login(login, self.schemes[key].argument)
        found = self._digests.get(key)
        if found is None or (found.user, found.password) != (user, password):
            found = self._digests[key] = Digest(user, password)
        return found

    def choose(
        self, alternatives: Sequence[Requirement], draft: Draft, operation: str
    ) -> dict[str, Any]:
        """Return the credentials of the first alternative that is complete, by scheme.

        Anonymous access is taken where nothing else is complete.
        """
        for alternative in alternatives:
            found = {key: self.find(key) for key in alternative}
            if found and all(value is not None for value in found.values()):
                return found
        if not alternatives or any(not alternative for alternative in alternatives):
            return {}
        if draft.has_header("Authorization") or self._supplied(alternatives, draft):
            return {}
        raise ConfigurationError(
            f"{operation}: no credentials: {self._advice(alternatives)}"
        )

    def _supplied(self, alternatives: Sequence[Requirement], draft: Draft) -> bool:
        """Tell whether the caller put the key into a header himself."""
        schemes = [
            self.schemes.get(key) for alternative in alternatives for key in alternative
        ]
        return any(
            isinstance(scheme, ApiKey)
            and scheme.place == "header"
            and draft.has_header(scheme.name)
            for scheme in schemes
        )

    def _advice(self, alternatives: Sequence[Requirement]) -> str:
        ways: list[str] = []
        for alternative in alternatives:
            schemes = [self.schemes[key] for key in alternative if key in self.schemes]
            ways.append(
                " and ".join(
                    f"{scheme.argument}=... (or {scheme.environment})"
                    for scheme in schemes
                )
            )
        return "give the client " + ", or ".join(filter(None, ways))


def _text(value: Any, argument: str) -> str:
    if not isinstance(value, str) or not value:
        raise ConfigurationError(f"{argument} must be text, and not empty")
    return value


def _login(value: Any, argument: str) -> tuple[str, str]:
    match value:
        case (str() as user, str() as password):
            return user, password
        case _:
            raise ConfigurationError(
                f"{argument} must be a pair of user name and password"
            )
