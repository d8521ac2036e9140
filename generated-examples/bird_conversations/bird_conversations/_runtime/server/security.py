"""Who calls: credentials out of a request, and whether they suffice.

Comes in: the security schemes of the document, the alternatives that an operation
demands, and the ``authenticate`` function of whoever runs the server. Goes out: the
principal that the function returned, or a failure with 401 or 403.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import inspect
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ..operation import Requirement
from .failure import FailureError


@dataclass(frozen=True, slots=True)
class Credential:
    """What a request carries for one security scheme.

    ``value`` is the key or token, or what follows the scheme's name in
    ``Authorization``; ``username`` and ``password`` are set for ``basic``.
    """

    scheme: str
    value: str
    username: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Credential({self.scheme!r})"

    def matches(self, secret: str) -> bool:
        """Compare with a secret, in a time that tells nothing about it."""
        return same_secret(self.value, secret)


Credentials: TypeAlias = Mapping[str, Credential]
Authenticate: TypeAlias = Callable[[Credentials, Requirement], Any | Awaitable[Any]]
"""Takes the credentials of one alternative by the names of their schemes, and that
alternative with its scopes. Returns the principal, or None to refuse. May raise
:class:`ForbiddenError` for a caller who is known and not allowed."""


class ForbiddenError(Exception):
    """The caller is known, and is not allowed to do this."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key in a header, the query or a cookie."""

    name: str
    place: str

    def read(self, key: str, request: Request) -> Credential | None:
        """Return the credential of a request, or None."""
        if self.place == "header":
            # No header has a name beyond ASCII, and Starlette cannot ask for one.
            value = request.headers.get(self.name) if self.name.isascii() else None
        elif self.place == "query":
            value = request.query_params.get(self.name)
        else:
            value = request.cookies.get(self.name)
        if value and self.place == "cookie":
            # Cookies cannot carry every character: clients percent-encode them.
            value = unquote(value)
        return Credential(key, value) if value else None

    def challenge(self) -> str:
        """Return what ``WWW-Authenticate`` says."""
        return f'ApiKey in="{self.place}", name="{_quoted(self.name)}"'


@dataclass(frozen=True, slots=True)
class HttpScheme:
    """``Authorization: SCHEME …``."""

    scheme: str

    def read(self, key: str, request: Request) -> Credential | None:
        """Return the credential of a request, or None."""
        header = request.headers.get("authorization", "")
        scheme, _, value = header.partition(" ")
        value = value.strip()
        if scheme.lower() != self.scheme.lower() or not value:
            return None
        if scheme.lower() != "basic":
            return Credential(key, value)
        try:
            text = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return None
        username, colon, password = text.partition(":")
        return Credential(key, value, username, password) if colon else None

    def challenge(self) -> str:
        """Return what ``WWW-Authenticate`` says."""
        known = {"basic": 'Basic realm="api", charset="UTF-8"', "bearer": "Bearer"}
        return known.get(self.scheme.lower(), self.scheme)


@dataclass(frozen=True, slots=True)
class BearerToken(HttpScheme):
    """An access token of OAuth 2.0 or OpenID Connect."""

    scheme: str = "Bearer"


@dataclass(frozen=True, slots=True)
class MutualTls:
    """A client certificate, which the server in front has checked.

    The credential holds the subject where the server tells it, else nothing.
    """

    def read(self, key: str, request: Request) -> Credential | None:
        """Return the credential of a request."""
        tls: Mapping[str, Any] = request.scope.get("extensions", {}).get("tls") or {}
        return Credential(key, str(tls.get("client_cert_name") or ""))

    def challenge(self) -> str:
        """Return what ``WWW-Authenticate`` says."""
        return "Mutual"


Scheme: TypeAlias = ApiKey | HttpScheme | MutualTls


def credential_names(schemes: Mapping[str, Scheme]) -> Mapping[str, Collection[str]]:
    """Return the names that keys have in each place of a request."""
    names: dict[str, set[str]] = {}
    for scheme in schemes.values():
        if isinstance(scheme, ApiKey):
            names.setdefault(scheme.place, set()).add(scheme.name)
    return names


def same_secret(left: str, right: str) -> bool:
    """Compare two secrets in a time that tells nothing about them."""
    return hmac.compare_digest(left.encode(), right.encode())


def any_well_formed(credentials: Credentials, requirement: Requirement) -> Any:
    """Accept whatever is there: the ``authenticate`` of the mock."""
    return {scheme: credential.username for scheme, credential in credentials.items()}


class Secrets:
    """An ``authenticate`` that accepts these keys, tokens or passwords."""

    def __init__(self, *secrets: str) -> None:
        self._secrets = secrets

    def __call__(self, credentials: Credentials, requirement: Requirement) -> Any:
        """Return the names of the schemes whose credentials were accepted."""
        for credential in credentials.values():
            value = credential.password or credential.value
            # Each is compared, so that the time does not tell which one was close.
            if True not in [same_secret(value, secret) for secret in self._secrets]:
                return None
        return tuple(credentials)


class Guard:
    """Demands the credentials of one operation."""

    def __init__(
        self,
        schemes: Mapping[str, Scheme],
        alternatives: tuple[Requirement, ...],
        authenticate: Authenticate | None,
    ) -> None:
        self._schemes = schemes
        self._authenticate = authenticate
        self._anonymous = any(not requirement for requirement in alternatives)
        self.is_open = not alternatives
        self._alternatives = tuple(filter(None, alternatives))
        self._is_async = inspect.iscoroutinefunction(authenticate)
        named = {key for requirement in self._alternatives for key in requirement}
        challenges = [schemes[key].challenge() for key in sorted(named & set(schemes))]
        self._challenge = ", ".join(dict.fromkeys(challenges)) or "Unknown"

    async def admit(self, request: Request) -> Any:
        """Return the principal, None for anonymous access. Raises FailureError."""
        given = False
        for requirement in self._alternatives:
            credentials = self._read(requirement, request)
            if credentials is None:
                continue
            given = True
            principal = await self._ask(credentials, requirement)
            if principal is not None and principal is not False:
                return principal
        if self._anonymous:
            return None
        raise FailureError(
            401,
            "The credentials were not accepted"
            if given
            else "Authentication is required",
            headers={"WWW-Authenticate": self._challenge},
        )

    def _read(self, requirement: Requirement, request: Request) -> Credentials | None:
        found: dict[str, Credential] = {}
        for key in requirement:
            scheme = self._schemes.get(key)
            credential = scheme.read(key, request) if scheme is not None else None
            if credential is None:
                return None
            found[key] = credential
        return found

    async def _ask(self, credentials: Credentials, requirement: Requirement) -> Any:
        if self._authenticate is None:
            return None
        try:
            if self._is_async:
                return await self._authenticate(credentials, requirement)
            found = await run_in_threadpool(
                self._authenticate, credentials, requirement
            )
            return await found if inspect.isawaitable(found) else found
        except ForbiddenError as error:
            raise FailureError(403, str(error) or "Access is not allowed") from error


def _quoted(text: str) -> str:
    # What a document calls a key may be more than a header can say.
    text = "".join(char if " " <= char <= "~" else "?" for char in text)
    return text.replace("\\", "\\\\").replace('"', '\\"')
