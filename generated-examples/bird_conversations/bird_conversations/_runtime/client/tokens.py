"""Access tokens: fetched when needed, once for all who wait, renewed and kept.

Comes in: a source of tokens (see :mod:`.oauth`). Goes out: steps, and a good token.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Awaitable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from ..coding.percent import escape
from ..errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailed,
    DecodingError,
    StatusError,
    TimedOut,
)
from ..kinds import is_dict
from .requests import Draft
from .steps import Acquire, Release, Send, Step, Supply
from .transport import failure_of

# A token that ends within this time is replaced before it is used.
_MARGIN = 30.0
# How long a token is good that does not say so.
_LIFETIME = 300.0
_LIMIT = 1024 * 1024
_DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a token endpoint gave. ``expires_at``: seconds of Unix time."""

    access_token: str = field(repr=False)
    expires_at: float = 0.0
    refresh_token: str | None = field(default=None, repr=False)
    scope: str | None = None


class TokenStore(Protocol):
    """Where tokens outlive a process: a file, a database, a key ring.

    With an asynchronous client both may be coroutine functions.
    """

    def load(self) -> Tokens | Awaitable[Tokens | None] | None:
        """Return the tokens that were saved last; None where there are none."""
        ...

    def save(self, tokens: Tokens) -> Awaitable[None] | None:
        """Keep tokens. Called before they are used; a refresh token is good once."""
        ...


@dataclass(slots=True)
class Endpoints:
    """The addresses of an authorization server."""

    token: str = ""
    authorization: str = ""
    device: str = ""


Grant = Generator[Step, Any, Any]


class TokenSource:
    """Gets access tokens. Share one between clients to share its tokens.

    Safe to use from several threads and tasks: whoever needs a token while another is
    fetched waits for it. Its ``repr`` shows no secret.
    """

    interactive = False
    """Whether a person takes part in getting the first token."""

    def __init__(
        self,
        client_id: str,
        client_secret: str | None,
        *,
        scopes: Sequence[str],
        token_url: str | None,
        in_body: bool,
        store: TokenStore | None,
        tokens: Tokens | None = None,
    ) -> None:
        self.client_id = client_id
        self.scopes = tuple(scopes)
        self.endpoints = Endpoints(token_url or "")
        self.lock = threading.Lock()
        self.async_lock: Any = None
        self._secret = client_secret
        self._in_body = in_body
        self._store = store
        self._loaded = store is None
        self._tokens = tokens

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.client_id!r}, ...)"

    @property
    def tokens(self) -> Tokens | None:
        """The tokens that are held now."""
        return self._tokens

    def current(self) -> str | None:
        """Return the access token, if there is one that is still good."""
        tokens = self._tokens
        if tokens is None or not tokens.access_token:
            return None
        return tokens.access_token if time.time() < tokens.expires_at else None

    def forget(self, token: str) -> None:
        """Drop an access token that a server refused."""
        tokens = self._tokens
        if tokens is not None and tokens.access_token == token:
            self._tokens = Tokens("", 0.0, tokens.refresh_token, tokens.scope)

    def granted(self, scopes: Sequence[str], deadline: float | None) -> Grant:
        """Get tokens anew. The result is the answer of the token endpoint."""
        raise NotImplementedError

    def load(self) -> Grant:
        """Take what the store holds, at first."""
        if not self._loaded and self._store is not None:
            found = yield Supply(self._store.load)
            self._loaded = True
            if self._tokens is None:
                self._tokens = found

    def renew(self, scopes: Sequence[str], deadline: float | None) -> Grant:
        """Refresh the tokens, or get them anew; keep them. The result is the token."""
        old = self._tokens
        answer: Any = None
        if old is not None and old.refresh_token:
            answer = yield from self._refreshed(old.refresh_token, deadline)
        if answer is None:
            answer = yield from self.granted(self.scopes or tuple(scopes), deadline)
        tokens = tokens_of(answer, old)
        if self._store is not None:
            yield Supply(partial(self._store.save, tokens))
        self._tokens = tokens
        return tokens.access_token

    def _refreshed(self, refresh_token: str, deadline: float | None) -> Grant:
        fields = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        try:
            return (yield from self.ask(self.endpoints.token, fields, deadline))
        except StatusError as error:
            if error_code(error) != "invalid_grant" or not self.renewable:
                raise
            # It was used up or taken back: begin anew.
            return None

    @property
    def renewable(self) -> bool:
        """Whether tokens can be got without the refresh token."""
        return True

    def ask(self, url: str, fields: Mapping[str, str], deadline: float | None) -> Grant:
        """Ask an endpoint; the result is the JSON object that it answers."""
        if not url:
            raise ConfigurationError(
                f"no token endpoint: give {type(self).__name__} a token_url"
            )
        draft = Draft("POST", url)
        form = dict(fields)
        for name in ("code", "code_verifier", "refresh_token", "device_code"):
            draft.hide(form.get(name, ""))
        if self._secret is None:
            form["client_id"] = self.client_id
        elif self._in_body:
            draft.hide(self._secret)
            form |= {"client_id": self.client_id, "client_secret": self._secret}
        else:
            draft.hide(self._secret)
            draft.set_basic(escape(self.client_id), escape(self._secret))
        draft.set_header("Content-Type", "application/x-www-form-urlencoded")
        draft.content = urlencode(form).encode()
        return (yield from exchanged(draft, deadline, "token request"))


def obtain(
    source: TokenSource,
    endpoint: tuple[str, str],
    scopes: Sequence[str],
    deadline: float | None,
) -> Generator[Step, Any, str]:
    """Return a good token, fetching one where there is none.

    ``endpoint``: the token URL of the document, and that of its OpenID configuration.
    """
    if (found := source.current()) is not None:
        return found
    yield Acquire(source, deadline)
    try:
        # Another call may have fetched one meanwhile, or another process before.
        yield from source.load()
        if (found := source.current()) is not None:
            return found
        if not source.endpoints.token:
            source.endpoints.token = endpoint[0]
        if not source.endpoints.token and endpoint[1]:
            yield from _discover(source, endpoint[1], deadline)
        token: str = yield from source.renew(scopes, deadline)
        return token
    finally:
        yield Release(source)


def exchanged(draft: Draft, deadline: float | None, what: str) -> Grant:
    """Send a request and return the JSON object that comes back."""
    draft.set_header("Accept", "application/json")
    try:
        response, content = yield Send(draft, deadline, _always, _LIMIT)
    except Exception as error:
        failure = failure_of(error)
        if failure is None:
            raise
        kind = TimedOut if failure.kind == "timeout" else ConnectionFailed
        raise kind(f"{what}: no answer ({type(error).__name__})") from error
    try:
        answer: Any = json.loads(content)
    except (ValueError, RecursionError):
        answer = None
    status = response.status_code
    if status != 200:
        refused = StatusError(answer, status=status, operation=what, content=content)
        code = answer.get("error") if is_dict(answer) else None
        if not refused.message and isinstance(code, str):
            refused.message = code
        refused.message = draft.redact(refused.message)
        raise refused
    if not is_dict(answer):
        raise DecodingError(f"{what}: the answer is no JSON object", status=status)
    return answer


def tokens_of(answer: Mapping[str, Any], old: Tokens | None) -> Tokens:
    """Return the tokens that an answer holds (RFC 6749, 5.1)."""
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise DecodingError("the token endpoint gave no access_token")
    refresh = answer.get("refresh_token")
    scope = answer.get("scope")
    if not isinstance(refresh, str) or not refresh:
        refresh = old.refresh_token if old is not None else None
    seconds = seconds_in(answer, "expires_in", _LIFETIME)
    return Tokens(
        token,
        time.time() + max(seconds - _MARGIN, seconds / 2),
        refresh,
        scope if isinstance(scope, str) else None,
    )


def seconds_in(answer: Mapping[str, Any], name: str, default: float) -> float:
    """Return a number of seconds, which some servers send as text."""
    found = answer.get(name)
    if isinstance(found, str) and found.isascii() and found.isdigit():
        found = int(found[:12])
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return default
    return float(found) if 0 <= found < 1e12 else default


def error_code(error: StatusError) -> str:
    """Return the ``error`` of a token endpoint (RFC 6749, 5.2)."""
    found = error.body.get("error") if is_dict(error.body) else None
    return found if isinstance(found, str) else ""


def _discover(source: TokenSource, url: str, deadline: float | None) -> Grant:
    """Take the endpoints from the OpenID configuration (OpenID Discovery, 4)."""
    answer = yield from exchanged(Draft("GET", url), deadline, "OpenID configuration")
    issuer = answer.get("issuer")
    if url.endswith(_DISCOVERY) and issuer != url.removesuffix(_DISCOVERY):
        wanted = url.removesuffix(_DISCOVERY)
        if not isinstance(issuer, str) or issuer.rstrip("/") != wanted:
            raise DecodingError("the OpenID configuration is that of another issuer")
    found = source.endpoints
    found.token = _endpoint(answer, "token_endpoint", url)
    if not found.token:
        raise DecodingError("the OpenID configuration has no token_endpoint")
    found.authorization = found.authorization or _endpoint(
        answer, "authorization_endpoint", url
    )
    found.device = found.device or _endpoint(
        answer, "device_authorization_endpoint", url
    )


def _endpoint(answer: Mapping[str, Any], name: str, base: str) -> str:
    found = answer.get(name)
    if not isinstance(found, str):
        return ""
    scheme = urlsplit(found).scheme
    if scheme != "https" and scheme != urlsplit(base).scheme:
        raise DecodingError(f"the {name} of the OpenID configuration is not secure")
    return found


def _always(_: Any) -> bool:
    return True


__all__ = [
    "ApiError",
    "TokenSource",
    "TokenStore",
    "Tokens",
    "obtain",
]
