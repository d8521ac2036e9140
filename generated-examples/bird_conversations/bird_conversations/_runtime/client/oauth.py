"""OAuth 2.0 client credentials.

A token that is fetched when needed, once for all who wait for it.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Generator, Sequence
from typing import Any
from urllib.parse import urlencode

from ..coding.percent import escape
from ..errors import (
    ConfigurationError,
    ConnectionFailed,
    DecodingError,
    StatusError,
    TimedOut,
)
from ..kinds import is_dict
from .requests import Draft
from .steps import Acquire, Read, Release, Send, Step
from .transport import failure_of

# A token that ends within this time is replaced before it is used.
_MARGIN = 30.0


class ClientCredentials:
    """What a client proves itself with to get access tokens (RFC 6749, 4.4).

    ``token_url`` is needed where the document has none. Share one between clients to
    share its token. Its ``repr`` shows no secret.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        scopes: Sequence[str] = (),
        token_url: str | None = None,
        in_body: bool = False,
    ) -> None:
        self.client_id = client_id
        self.scopes = tuple(scopes)
        self.token_url = token_url
        self._secret = client_secret
        self._in_body = in_body
        self._token: str | None = None
        self._expires = 0.0
        self.lock = threading.Lock()
        self.async_lock: Any = None

    def __repr__(self) -> str:
        return f"ClientCredentials({self.client_id!r}, ...)"

    def current(self) -> str | None:
        """Return the token, if there is one that is still good."""
        return self._token if time.monotonic() < self._expires else None

    def forget(self, token: str) -> None:
        """Drop a token that a server refused."""
        if self._token == token:
            self._token = None
            self._expires = 0.0

    def keep(self, answer: Any) -> str:
        """Keep the token that an answer holds, and return it."""
        token = answer.get("access_token") if is_dict(answer) else None
        if not isinstance(token, str) or not token:
            raise DecodingError("the token endpoint gave no access_token")
        lifetime = answer.get("expires_in")
        seconds = (
            float(lifetime)
            if isinstance(lifetime, (int, float)) and not isinstance(lifetime, bool)
            else 300.0
        )
        self._token = token
        self._expires = time.monotonic() + max(seconds - _MARGIN, seconds / 2)
        return token

    def request(self, token_url: str, scopes: Sequence[str]) -> Draft:
        """Return the request for a token."""
        fields = {"grant_type": "client_credentials"}
        wanted = self.scopes or tuple(scopes)
        if wanted:
            fields["scope"] = " ".join(wanted)
        draft = Draft("POST", token_url)
        draft.hide(self._secret)
        if self._in_body:
            fields |= {"client_id": self.client_id, "client_secret": self._secret}
        else:
            draft.set_basic(escape(self.client_id), escape(self._secret))
        draft.set_header("Content-Type", "application/x-www-form-urlencoded")
        draft.set_header("Accept", "application/json")
        draft.content = urlencode(fields).encode()
        return draft


def access_token(
    source: ClientCredentials,
    token_url: str,
    scopes: Sequence[str],
    deadline: float | None,
) -> Generator[Step, Any, str]:
    """Return a good token, fetching one where there is none."""
    if (found := source.current()) is not None:
        return found
    url = source.token_url or token_url
    if not url:
        raise ConfigurationError(
            "no token endpoint: give ClientCredentials a token_url"
        )
    yield Acquire(source)
    try:
        found = source.current()  # another call may have fetched one meanwhile
        if found is not None:
            return found
        response = yield Send(source.request(url, scopes), deadline)
        content: bytes = yield Read(response, 1024 * 1024, deadline)
        return _kept(source, response.status_code, content)
    except Exception as error:
        failure = failure_of(error)
        if failure is None:
            raise
        kind = TimedOut if failure[0] == "timeout" else ConnectionFailed
        raise kind(f"token request: no answer ({type(error).__name__})") from error
    finally:
        yield Release(source)


def _kept(source: ClientCredentials, status: int, content: bytes) -> str:
    try:
        answer: Any = json.loads(content)
    except ValueError:
        answer = None
    if status != 200:
        raise StatusError(answer, status=status, operation="token request")
    return source.keep(answer)
