"""HTTP digest authentication (RFC 7616; RFC 2617 and 2069 of old servers).

Comes in: user, password, and the challenge of a 401. Goes out: ``Authorization``.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_CHALLENGE = re.compile(r"(?:^|,)\s*digest\s+", re.IGNORECASE)
_FIELD = re.compile(
    r'\s*([A-Za-z0-9*_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*,?'
)
#: What hashlib calls the algorithms of challenges.
_HASHES = {"md5": "md5", "sha-256": "sha256", "sha-512-256": "sha512_256"}


@dataclass(frozen=True, slots=True)
class _Challenge:
    realm: str
    nonce: str
    algorithm: str
    opaque: str | None
    qop: str | None
    stale: bool


class Digest:
    """A user and a password, and what the server last asked for.

    Its ``repr`` shows neither. Safe to use from several threads.
    """

    def __init__(self, user: str, password: str) -> None:
        self.user = user
        self.password = password
        self._challenge: _Challenge | None = None
        self._count = 0
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return "Digest(...)"

    def challenge(self, headers: Mapping[str, str]) -> bool:
        """Take the challenge of a response; tell whether there is one to answer."""
        found = [
            one
            for one in _challenges(headers.get("www-authenticate", ""))
            if _hash_name(one.algorithm) in _HASHES
            and (one.qop is None or "auth" in _names(one.qop))
        ]
        if not found:
            return False
        # The server's own order is its preference, but nobody prefers MD5.
        best = next(
            (one for one in found if _hash_name(one.algorithm) != "md5"), found[0]
        )
        with self._lock:
            self._challenge, self._count = best, 0
        return True

    def answer(self, method: str, url: str) -> str | None:
        """Return the ``Authorization`` header of a request; None before a challenge."""
        with self._lock:
            challenge = self._challenge
            self._count += 1
            count = f"{self._count:08x}"
        if challenge is None:
            return None
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        nonce = secrets.token_hex(16)
        fields = {
            "username": _quoted(self.user),
            "realm": _quoted(challenge.realm),
            "nonce": _quoted(challenge.nonce),
            "uri": _quoted(target),
            "response": _quoted(
                self._response(challenge, method, target, nonce, count)
            ),
            "algorithm": challenge.algorithm,
        }
        if challenge.opaque is not None:
            fields["opaque"] = _quoted(challenge.opaque)
        if challenge.qop is not None:
            fields |= {"qop": "auth", "nc": count, "cnonce": _quoted(nonce)}
        return "Digest " + ", ".join(f"{name}={text}" for name, text in fields.items())

    def _response(
        self, challenge: _Challenge, method: str, target: str, nonce: str, count: str
    ) -> str:
        def hashed(*texts: str) -> str:
            name = _HASHES[_hash_name(challenge.algorithm)]
            return hashlib.new(name, ":".join(texts).encode("utf-8")).hexdigest()

        secret = hashed(self.user, challenge.realm, self.password)
        if challenge.algorithm.lower().endswith("-sess"):
            secret = hashed(secret, challenge.nonce, nonce)
        request = hashed(method, target)
        if challenge.qop is None:
            return hashed(secret, challenge.nonce, request)
        return hashed(secret, challenge.nonce, count, nonce, "auth", request)


def _challenges(header: str) -> list[_Challenge]:
    """Return the digest challenges of a header, which may hold others as well."""
    found: list[_Challenge] = []
    for start in _CHALLENGE.finditer(header):
        fields: dict[str, str] = {}
        at = start.end()
        while (field := _FIELD.match(header, at)) is not None:
            name, quoted, bare = field.groups()
            text = bare if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
            fields.setdefault(name.lower(), text)
            at = field.end()
        if "realm" in fields and "nonce" in fields:
            found.append(
                _Challenge(
                    fields["realm"],
                    fields["nonce"],
                    fields.get("algorithm", "MD5"),
                    fields.get("opaque"),
                    fields.get("qop"),
                    fields.get("stale", "").lower() == "true",
                )
            )
    return found


def _hash_name(algorithm: str) -> str:
    return algorithm.lower().removesuffix("-sess")


def _names(qop: str) -> set[str]:
    return {name.strip().lower() for name in qop.split(",")}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
