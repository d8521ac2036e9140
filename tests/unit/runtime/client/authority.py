"""An authorization server by the letter of RFC 6749, 7636 and 8628, and OpenID Connect Discovery; in memory."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

import httpx2

from .zoo import CAT

CLIENT, SECRET, CALLBACK = "app:1", "s3cret %&", "https://app.test/back"
ISSUER = "https://login.test"


class Authority:
    """Answers at ``login.test``, and guards the zoo at ``zoo.test``: a handler for mock transports."""

    def __init__(
        self, *, public: bool = False, rotates: bool = True, lifetime: Any = 3600, issuer: str = ISSUER
    ) -> None:
        self.public = public
        self.rotates = rotates
        self.lifetime = lifetime
        self.issuer = issuer
        self.asked: Counter[str] = Counter()
        self.codes: dict[str, dict[str, str]] = {}
        self.devices: dict[str, str] = {}
        self.access: set[str] = set()
        self.refresh: set[str] = set()
        self.spent: set[str] = set()
        self.made = 0
        self.lock = threading.Lock()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        with self.lock:
            if request.url.host == "zoo.test":
                return self.guarded(request)
            path = request.url.path
            if path == "/.well-known/openid-configuration":
                self.asked["discovery"] += 1
                return httpx2.Response(200, json=self.configuration())
            assert request.method == "POST"
            assert request.headers["content-type"] == "application/x-www-form-urlencoded"
            pairs = parse_qsl(request.content.decode(), strict_parsing=True)
            form = dict(pairs)
            assert len(form) == len(pairs), "a parameter is there twice (RFC 6749, 3.2)"
            if path == "/device":
                return self.device(form)
            assert path == "/token"
            return self.token(request, form)

    def configuration(self) -> dict[str, str]:
        return {
            "issuer": self.issuer,
            "token_endpoint": f"{ISSUER}/token",
            "authorization_endpoint": f"{ISSUER}/authorize",
            "device_authorization_endpoint": f"{ISSUER}/device",
        }

    def guarded(self, request: httpx2.Request) -> httpx2.Response:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self.access:
            return httpx2.Response(401, headers={"www-authenticate": 'Bearer error="invalid_token"'})
        return httpx2.Response(200, json=CAT)

    def consent(self, url: str) -> str:
        """Play the person and the browser: return the address that they come back to (RFC 6749, 4.1.2)."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query, strict_parsing=True).items()}
        assert url.startswith(f"{ISSUER}/authorize?")
        assert query["response_type"] == "code"
        assert (query["client_id"], query["redirect_uri"]) == (CLIENT, CALLBACK)
        assert query["code_challenge_method"] == "S256"
        assert 43 <= len(query["code_challenge"]) <= 128
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{CALLBACK}?{urlencode({'code': code, 'state': query['state']})}"

    def device(self, form: dict[str, str]) -> httpx2.Response:
        self.asked["device"] += 1
        assert form["client_id"] == CLIENT
        code = f"device-{len(self.devices)}"
        self.devices[code] = "pending"
        body = {
            "device_code": code,
            "user_code": "ABCD-EFGH",
            "verification_uri": f"{ISSUER}/device",
            "expires_in": 60,
            "interval": 0.01,
        }
        return httpx2.Response(200, json=body)

    def token(self, request: httpx2.Request, form: dict[str, str]) -> httpx2.Response:
        grant = form.get("grant_type", "")
        self.asked[grant] += 1
        if not self.knows(request, form):
            return refused("invalid_client", 401)
        match grant:
            case "client_credentials":
                return self.issue(refresh=False)
            case "refresh_token":
                token = form["refresh_token"]
                if token in self.spent or token not in self.refresh:
                    return refused("invalid_grant")
                if self.rotates:
                    self.refresh.discard(token)
                    self.spent.add(token)
                return self.issue(refresh=self.rotates)
            case "authorization_code":
                return self.exchange(form)
            case "urn:ietf:params:oauth:grant-type:device_code":
                return self.polled(form)
            case _:
                return refused("unsupported_grant_type")

    def knows(self, request: httpx2.Request, form: dict[str, str]) -> bool:
        """Authenticate the client (RFC 6749, 2.3): by one way, and only one."""
        header = request.headers.get("authorization")
        if self.public:
            return header is None and "client_secret" not in form and form.get("client_id") == CLIENT
        if header is None:
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        assert "client_secret" not in form
        user, _, password = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
        return (unquote(user), unquote(password)) == (CLIENT, SECRET)

    def exchange(self, form: dict[str, str]) -> httpx2.Response:
        query = self.codes.pop(form["code"], None)
        verifier = form.get("code_verifier", "")
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        if query is None or form.get("redirect_uri") != CALLBACK or digest != query["code_challenge"]:
            return refused("invalid_grant")
        return self.issue(refresh=True)

    def polled(self, form: dict[str, str]) -> httpx2.Response:
        state = self.devices.get(form["device_code"], "expired_token")
        if state == "pending":
            self.devices[form["device_code"]] = "ready"
            return refused("authorization_pending")
        return self.issue(refresh=True) if state == "ready" else refused(state)

    def issue(self, *, refresh: bool) -> httpx2.Response:
        self.made += 1
        token = f"access-{self.made}"
        self.access.add(token)
        body: dict[str, Any] = {"access_token": token, "token_type": "Bearer", "expires_in": self.lifetime}
        if refresh:
            body["refresh_token"] = f"refresh-{self.made}"
            self.refresh.add(body["refresh_token"])
        return httpx2.Response(200, json=body, headers={"cache-control": "no-store"})


def refused(error: str, status: int = 400) -> httpx2.Response:
    return httpx2.Response(status, json={"error": error, "error_description": f"no: {error}"})
