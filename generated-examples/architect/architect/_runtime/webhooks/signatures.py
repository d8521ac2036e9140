"""Signatures of webhook deliveries: made by senders, checked by receivers.

Comes in: the octets of a delivery, its headers, and secrets. Goes out: the headers to
send along, or an exception where a delivery cannot be trusted.
"""

from __future__ import annotations

import hmac
import re
import time
import uuid
from binascii import Error, a2b_base64, b2a_base64, unhexlify
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..errors import ConfigurationError, InvalidSignature

Encoding: TypeAlias = Literal["hex", "base64", "base64url"]
Secrets: TypeAlias = str | bytes | Sequence[str | bytes]
"""A secret, or several while they are being exchanged: any of them is good."""

_SLOT = re.compile(r"\{(body|id|timestamp)\}")
_TIMESTAMP = re.compile(r"[0-9]{1,16}")
_ID = re.compile(r"[A-Za-z0-9_\-:=+/@~]{1,256}")
_MOST_SIGNATURES = 64


@dataclass(frozen=True, kw_only=True)
class Signature:
    """How deliveries are signed: by an HMAC of ``content``, carried by ``header``.

    ``content`` is what is signed, with ``{body}``, ``{timestamp}`` and ``{id}`` for the
    parts of a delivery. Each signature follows ``prefix``; ``separator`` stands between
    several. The time is in ``timestamp_header``, or among the signatures after
    ``timestamp_prefix``. ``tolerance`` is how many seconds it may be off, None any. A
    secret is the key itself, or the key encoded, after ``key_prefix``.
    """

    header: str
    content: str = "{body}"
    algorithm: Literal["sha1", "sha256", "sha384", "sha512"] = "sha256"
    encoding: Encoding = "hex"
    prefix: str = ""
    separator: str = ""
    id_header: str = ""
    timestamp_header: str = ""
    timestamp_prefix: str = ""
    timestamp_unit: Literal["seconds", "milliseconds"] = "seconds"
    tolerance: float | None = 300
    key_encoding: Literal["text", "hex", "base64"] = "text"
    key_prefix: str = ""

    def sign(
        self,
        secret: Secrets,
        body: bytes | str,
        *,
        id: str | None = None,
        timestamp: float | None = None,
    ) -> dict[str, str]:
        """Return the headers to send with a delivery: one signature for each secret.

        ``timestamp`` is in seconds, now by default; ``id`` is made up where none is
        given. Raises ConfigurationError for an unfit secret or id.
        """
        name = id or f"msg_{uuid.uuid4().hex}"
        if not _ID.fullmatch(name):
            raise ConfigurationError("the id of a delivery holds an unfit character")
        moment = time.time() if timestamp is None else timestamp
        stamp = str(int(moment * self._units))
        content = self._content(_octets(body), name, stamp)
        keys = self._keys(secret)
        made = [self.prefix + self._encoded(self._mac(key, content)) for key in keys]
        if self.timestamp_prefix:
            made.insert(0, self.timestamp_prefix + stamp)
        found = {self.header: self.separator.join(made if self.separator else made[:1])}
        if self.timestamp_header:
            found[self.timestamp_header] = stamp
        if self.id_header:
            found[self.id_header] = name
        return found

    def verify(
        self,
        secret: Secrets,
        body: bytes | str,
        headers: Mapping[str, str],
        *,
        now: float | None = None,
    ) -> None:
        """Return where a delivery is signed with one of the secrets, and recent.

        ``body`` is what arrived, octet for octet; ``now`` is in seconds. Raises
        InvalidSignature for a delivery not to be trusted, ConfigurationError for an
        unfit secret.
        """
        keys = self._keys(secret)
        given = {name.lower(): value for name, value in headers.items()}
        entries = list(self._entries(_header(given, self.header)))
        stamp = self._stamp(given, entries)
        if stamp:
            self._check_time(stamp, time.time() if now is None else now)
        name = _header(given, self.id_header) if self.id_header else ""
        if name and not _ID.fullmatch(name):
            raise InvalidSignature(f"the header {self.id_header} holds no id")
        content = self._content(_octets(body), name, stamp)
        claimed = list(self._claimed(entries))
        for key in keys:
            made = self._mac(key, content)
            if any(hmac.compare_digest(made, one) for one in claimed):
                return
        raise InvalidSignature(
            "no signature of the delivery was made with a known secret"
            if claimed
            else f"the header {self.header} holds no signature"
        )

    @property
    def _units(self) -> int:
        return 1000 if self.timestamp_unit == "milliseconds" else 1

    def _keys(self, secret: Secrets) -> list[bytes]:
        secrets = [secret] if isinstance(secret, (str, bytes)) else list(secret)
        if not secrets or not all(secrets):
            raise ConfigurationError("verifying a delivery takes a secret")
        return [one if isinstance(one, bytes) else self._key(one) for one in secrets]

    def _key(self, secret: str) -> bytes:
        text = secret.removeprefix(self.key_prefix)
        if self.key_encoding == "text":
            return text.encode("utf-8")
        try:
            key = _decoded(text, self.key_encoding)
        except ValueError:
            key = b""
        if not key:
            raise ConfigurationError(f"a secret is not in {self.key_encoding}")
        return key

    def _entries(self, value: str) -> Iterator[str]:
        parts = value.split(self.separator) if self.separator else [value]
        return (part.strip() for part in parts[:_MOST_SIGNATURES])

    def _claimed(self, entries: Sequence[str]) -> Iterator[bytes]:
        for entry in entries:
            if entry.startswith(self.prefix):
                try:
                    yield _decoded(entry.removeprefix(self.prefix), self.encoding)
                except ValueError:
                    continue

    def _stamp(self, given: Mapping[str, str], entries: Sequence[str]) -> str:
        if self.timestamp_header:
            return _header(given, self.timestamp_header)
        if not self.timestamp_prefix:
            return ""
        for entry in entries:
            if entry.startswith(self.timestamp_prefix):
                return entry.removeprefix(self.timestamp_prefix)
        raise InvalidSignature(f"the header {self.header} holds no timestamp")

    def _check_time(self, stamp: str, now: float) -> None:
        if not _TIMESTAMP.fullmatch(stamp):
            raise InvalidSignature("the timestamp of the delivery is not a number")
        age = now - int(stamp) / self._units
        if self.tolerance is not None and abs(age) > self.tolerance:
            when = "too old" if age > 0 else "from the future"
            raise InvalidSignature(f"the delivery is {when} ({abs(age):.0f} s)")

    def _content(self, body: bytes, id: str, stamp: str) -> bytes:
        parts = {"body": body, "id": id.encode("ascii"), "timestamp": stamp.encode()}
        pieces = _SLOT.split(self.content)
        return b"".join(
            parts[piece] if index % 2 else piece.encode("utf-8")
            for index, piece in enumerate(pieces)
        )

    def _mac(self, key: bytes, content: bytes) -> bytes:
        return hmac.digest(key, content, self.algorithm)

    def _encoded(self, mac: bytes) -> str:
        if self.encoding == "hex":
            return mac.hex()
        text = b2a_base64(mac, newline=False).decode("ascii")
        if self.encoding == "base64":
            return text
        return text.translate(_TO_URL).rstrip("=")


STANDARD_WEBHOOKS = Signature(
    header="webhook-signature",
    content="{id}.{timestamp}.{body}",
    encoding="base64",
    prefix="v1,",
    separator=" ",
    id_header="webhook-id",
    timestamp_header="webhook-timestamp",
    key_encoding="base64",
    key_prefix="whsec_",
)
"""The symmetric signatures of https://www.standardwebhooks.com."""

STRIPE = Signature(
    header="Stripe-Signature",
    content="{timestamp}.{body}",
    prefix="v1=",
    separator=",",
    timestamp_prefix="t=",
)
"""Time and signatures in one header: ``t=1492774577,v1=5257a8…``."""

GITHUB = Signature(header="X-Hub-Signature-256", prefix="sha256=")
"""The signature of the body alone, which can be sent again at any time."""

_TO_URL = str.maketrans("+/", "-_")
_FROM_URL = str.maketrans("-_", "+/")


def _header(given: Mapping[str, str], name: str) -> str:
    value = given.get(name.lower(), "").strip()
    if not value:
        raise InvalidSignature(f"the delivery has no header {name}")
    return value


def _octets(body: bytes | str) -> bytes:
    return body.encode("utf-8") if isinstance(body, str) else body


def _decoded(text: str, encoding: str) -> bytes:
    """Return octets from text; raise ValueError where it is not so encoded."""
    if encoding == "hex":
        return unhexlify(text)
    if encoding == "base64url":
        text = text.translate(_FROM_URL)
    padded = text + "=" * (-len(text) % 4)
    try:
        return a2b_base64(padded, strict_mode=True)
    except Error as error:
        raise ValueError from error
