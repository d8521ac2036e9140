"""Ways to get access tokens: OAuth 2.0 grants (RFC 6749, 7636, 8628)."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias
from urllib.parse import parse_qs, urlencode, urlsplit

from ..errors import ConfigurationError, DecodingError, StatusError
from .steps import Sleep, Supply
from .tokens import (
    Grant,
    Tokens,
    TokenSource,
    TokenStore,
    error_code,
    seconds_in,
)

__all__ = [
    "AuthorizationCode",
    "AuthorizationRequest",
    "ClientCredentials",
    "DeviceCode",
    "DevicePrompt",
    "RefreshToken",
    "TokenSource",
    "TokenStore",
    "Tokens",
]

_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


class ClientCredentials(TokenSource):
    """What a client proves itself with to get access tokens (RFC 6749, 4.4).

    ``token_url`` is needed where the document has none. ``in_body``: the secret goes
    into the body instead of the ``Authorization`` header.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        scopes: Sequence[str] = (),
        token_url: str | None = None,
        in_body: bool = False,
        store: TokenStore | None = None,
    ) -> None:
        super().__init__(
            client_id,
            client_secret,
            scopes=scopes,
            token_url=token_url,
            in_body=in_body,
            store=store,
        )

    def granted(self, scopes: Sequence[str], deadline: float | None) -> Grant:
        """Get tokens anew. The result is the answer of the token endpoint."""
        fields = {"grant_type": "client_credentials"}
        if scopes:
            fields["scope"] = " ".join(scopes)
        return self.ask(self.endpoints.token, fields, deadline)


class RefreshToken(TokenSource):
    """A refresh token that is there already (RFC 6749, 6).

    It may change with every use: give a ``store`` to keep the new one.
    """

    def __init__(
        self,
        client_id: str,
        refresh_token: str | None = None,
        *,
        client_secret: str | None = None,
        scopes: Sequence[str] = (),
        token_url: str | None = None,
        in_body: bool = False,
        store: TokenStore | None = None,
    ) -> None:
        held = Tokens("", 0.0, refresh_token) if refresh_token else None
        super().__init__(
            client_id,
            client_secret,
            scopes=scopes,
            token_url=token_url,
            in_body=in_body,
            store=store,
            # What a store holds is newer than what a program was written with.
            tokens=None if store is not None else held,
        )
        self._first = held

    def load(self) -> Grant:
        """Take what the store holds, at first."""
        yield from super().load()
        if self._tokens is None:
            self._tokens = self._first

    @property
    def renewable(self) -> bool:
        """Whether tokens can be got without the refresh token."""
        return False

    def granted(self, scopes: Sequence[str], deadline: float | None) -> Grant:
        """Raise: without a refresh token there is nothing to do."""
        raise ConfigurationError("there is no refresh token, given or stored")


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """Where to send a person for consent, and what tells the answer to be theirs."""

    url: str = field(repr=False)
    state: str = field(repr=False)
    verifier: str = field(repr=False)


class AuthorizationCode(TokenSource):
    """A person's consent, given in a browser (RFC 6749, 4.1, with PKCE, RFC 7636).

    Send the person to ``begin().url``; when they come back to ``redirect_uri``, hand
    the whole address to ``finish``. The next call exchanges the code for tokens, and
    later ones refresh them. With a ``store`` that holds tokens no consent is needed.
    """

    def __init__(
        self,
        client_id: str,
        *,
        redirect_uri: str,
        authorization_url: str,
        token_url: str | None = None,
        client_secret: str | None = None,
        scopes: Sequence[str] = (),
        in_body: bool = False,
        store: TokenStore | None = None,
    ) -> None:
        super().__init__(
            client_id,
            client_secret,
            scopes=scopes,
            token_url=token_url,
            in_body=in_body,
            store=store,
        )
        self.endpoints.authorization = authorization_url
        self.redirect_uri = redirect_uri
        self._code: tuple[str, str] | None = None

    def begin(self, **parameters: str) -> AuthorizationRequest:
        """Return where to send a person.

        ``parameters`` go into the address as they are, ``prompt="consent"`` for one.
        """
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
        digest = hashlib.sha256(verifier.encode("ascii")).digest()
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "state": state,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
            **({"scope": " ".join(self.scopes)} if self.scopes else {}),
            **parameters,
        }
        base = self.endpoints.authorization
        mark = "&" if "?" in base else "?"
        return AuthorizationRequest(f"{base}{mark}{urlencode(query)}", state, verifier)

    def finish(self, request: AuthorizationRequest, address: str) -> None:
        """Take the address that a person came back with.

        Raises ConfigurationError where it is not an answer to ``request``, or says no.
        """
        found = parse_qs(urlsplit(address).query)
        state = found.get("state", [""])[0]
        if not secrets.compare_digest(state.encode(), request.state.encode()):
            raise ConfigurationError("the answer is not to this request: wrong state")
        if "error" in found:
            code = found["error"][0][:100]
            raise ConfigurationError(f"the authorization was not given: {code!r}")
        if len(found.get("code", ())) != 1:
            raise ConfigurationError("the answer holds no code")
        self._code = found["code"][0], request.verifier
        self._tokens = None

    @property
    def renewable(self) -> bool:
        """Whether tokens can be got without the refresh token."""
        return self._code is not None

    def granted(self, scopes: Sequence[str], deadline: float | None) -> Grant:
        """Exchange the code. The result is the answer of the token endpoint."""
        if self._code is None:
            raise ConfigurationError(
                "nobody has consented yet: see AuthorizationCode.begin and finish"
            )
        code, verifier = self._code
        self._code = None  # it is good once
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
        }
        return (yield from self.ask(self.endpoints.token, fields, deadline))


@dataclass(frozen=True, slots=True)
class DevicePrompt:
    """What to show a person: where to go and what to type there."""

    user_code: str
    verification_uri: str
    verification_uri_complete: str | None
    expires_in: float


Show: TypeAlias = Callable[[DevicePrompt], Awaitable[None] | None]


class DeviceCode(TokenSource):
    """A person's consent, given on another device (RFC 8628).

    The first call asks for a code, hands it to ``show``, and waits until the person has
    typed it somewhere else. That wait does not count towards the timeout of the call.
    """

    interactive = True

    def __init__(
        self,
        client_id: str,
        show: Show,
        *,
        device_url: str | None = None,
        token_url: str | None = None,
        client_secret: str | None = None,
        scopes: Sequence[str] = (),
        in_body: bool = False,
        store: TokenStore | None = None,
    ) -> None:
        super().__init__(
            client_id,
            client_secret,
            scopes=scopes,
            token_url=token_url,
            in_body=in_body,
            store=store,
        )
        self.endpoints.device = device_url or ""
        self._show = show

    def granted(self, scopes: Sequence[str], deadline: float | None) -> Grant:
        """Ask for a code, and wait. The result is the answer of the token endpoint."""
        fields = {"client_id": self.client_id}
        if scopes:
            fields["scope"] = " ".join(scopes)
        answer = yield from self.ask(self.endpoints.device, fields, deadline)
        device_code, prompt = answer.get("device_code"), _prompt(answer)
        if not isinstance(device_code, str):
            raise DecodingError("the device endpoint gave no device_code")
        yield Supply(partial(self._show, prompt))
        interval = max(seconds_in(answer, "interval", 5.0), 0.01)
        over = time.monotonic() + prompt.expires_in
        poll = {
            "grant_type": _DEVICE_GRANT,
            "device_code": device_code,
            "client_id": self.client_id,
        }
        while time.monotonic() + interval < over:
            yield Sleep(interval)
            try:
                within = time.monotonic() + 30.0
                return (yield from self.ask(self.endpoints.token, poll, within))
            except StatusError as error:
                code = error_code(error)
                if code == "slow_down":
                    interval += 5.0
                elif code != "authorization_pending":
                    raise
        raise ConfigurationError("nobody typed the code in time")


def _prompt(answer: dict[str, object]) -> DevicePrompt:
    code = answer.get("user_code")
    address = answer.get("verification_uri", answer.get("verification_url"))
    whole = answer.get("verification_uri_complete")
    if not isinstance(code, str) or not isinstance(address, str):
        raise DecodingError("the device endpoint gave no code to show")
    return DevicePrompt(
        code,
        address,
        whole if isinstance(whole, str) else None,
        seconds_in(answer, "expires_in", 600.0),
    )
