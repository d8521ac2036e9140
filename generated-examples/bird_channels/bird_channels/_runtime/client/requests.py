"""Arguments to a request.

The path, the query, headers, cookies and the body, before any transport sees them.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from ..coding.compressed import compressed, has_coding
from ..coding.parameters import (
    checked_header,
    encode_cookie,
    encode_header,
    encode_path,
    encode_query,
)
from ..coding.percent import escape, escape_path_literal, unescape
from ..coding.problem import CodingError
from ..coding.texts import text_of
from ..errors import ConfigurationError
from ..kinds import is_list, is_tuple
from ..operation import Operation, Parameter
from .bodies import NO_BODY, Content, encode_body
from .content import ACCEPTED
from .options import CallOptions, Settings

_SLOT = re.compile(r"\{([^{}]+)\}")
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_HIDDEN = "***"


class Draft:
    """A request in the making. Its ``repr`` shows neither query nor headers."""

    def __init__(self, method: str, url: str) -> None:
        self.method = method
        self.address = url
        self.query: list[str] = []
        self.cookies: list[str] = []
        self.content: Content = NO_BODY
        self._headers: dict[str, tuple[str, str]] = {}
        self._secrets: set[str] = set()

    def __repr__(self) -> str:
        return f"Draft({self.method!r}, {self.address!r})"

    @property
    def url(self) -> str:
        """The whole URL."""
        if not self.query:
            return self.address
        return (
            f"{self.address}{'&' if '?' in self.address else '?'}{'&'.join(self.query)}"
        )

    @property
    def headers(self) -> list[tuple[str, bytes]]:
        """The headers, cookies among them, with values as octets."""
        found = [
            (name, value.encode("utf-8")) for name, value in self._headers.values()
        ]
        if self.cookies and "cookie" not in self._headers:
            found.append(("Cookie", "; ".join(self.cookies).encode("utf-8")))
        return found

    def set_header(self, name: str, value: str) -> None:
        """Set a header, in the place of one of the same name."""
        if not _TOKEN.fullmatch(name):
            raise ConfigurationError(
                "a header name holds a character that it cannot have"
            )
        try:
            checked_header(value)
            if not value.isascii():
                value.encode("utf-8")
        except (CodingError, UnicodeEncodeError):
            raise ConfigurationError(
                f"header {name}: holds a character that a header cannot carry"
            ) from None
        self._headers[name.lower()] = (name, value)

    def put_header(self, name: str, value: str) -> None:
        """Set a header whose name and value are known to be fit for one."""
        self._headers[name.lower()] = (name, value)

    def set_basic(self, user: str, password: str) -> None:
        """Set the ``Authorization`` header to a user name and a password."""
        text = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        self.hide(text)
        self.set_header("Authorization", f"Basic {text}")

    def header(self, name: str) -> str:
        """Return a header, an empty text where it is not set."""
        return self._headers.get(name.lower(), ("", ""))[1]

    def has_header(self, name: str) -> bool:
        """Tell whether a header is set."""
        return name.lower() in self._headers

    def hide(self, secret: str) -> None:
        """Keep a text out of every message about this request."""
        if len(secret) > 3:
            # Texts that come back from servers may hold it encoded.
            self._secrets |= {secret, quote(secret, safe="")}

    def redact(self, text: str) -> str:
        """Return a text without the secrets of this request."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, _HIDDEN)
        return text

    def with_headers(self, headers: Mapping[str, str]) -> Draft:
        """Return this request with more headers."""
        other = self.copy()
        for name, value in headers.items():
            other.set_header(name, value)
        return other

    def copy(self) -> Draft:
        """Return a request that credentials can be added to."""
        other = Draft(self.method, self.address)
        other.query = list(self.query)
        other.cookies = list(self.cookies)
        other.content = self.content
        other._headers = dict(self._headers)
        other._secrets = set(self._secrets)
        return other


def build(
    operation: Operation[Any],
    arguments: Mapping[str, Any],
    body: Any,
    options: CallOptions,
    settings: Settings,
    base_url: str,
) -> Draft:
    """Return the request that a call stands for, without credentials."""
    slots: dict[str, str] = {}
    draft = Draft(operation.method, "")
    draft.put_header("Accept", operation.accept)
    draft.put_header("Accept-Encoding", ACCEPTED)
    if accept := options.get("accept"):
        draft.set_header("Accept", accept)
    for name, value in settings.default_headers.items():
        draft.set_header(name, value)
    for parameter in operation.parameters:
        argument = arguments.get(parameter.name)
        if argument is None and not parameter.required:
            if parameter.place == "header":
                _leave_out(draft, parameter)
            continue
        try:
            _place(draft, slots, parameter, argument)
        except CodingError as error:
            raise ConfigurationError(
                f"{operation.key}: argument {parameter.name} {error}"
            ) from error
    draft.address = base_url.rstrip("/") + path_of(operation, slots)
    _add_queries(draft, settings.default_query, options.get("extra_query") or {})
    _add_body(draft, operation, body, options)
    if token := options.get("idempotency_key"):
        draft.set_header(settings.idempotency_header, token)
    for name, value in (options.get("extra_headers") or {}).items():
        draft.set_header(name, value)
    return draft


def path_of(operation: Operation[Any], slots: Mapping[str, str]) -> str:
    """Return the path with its slots filled.

    A segment that names the directory itself or its parent is refused.
    """
    pieces = _pieces(operation.path)
    if len(pieces) == 1:
        return pieces[0]
    try:
        path = "".join(
            slots[piece] if index % 2 else piece for index, piece in enumerate(pieces)
        )
    except KeyError as error:
        raise ConfigurationError(
            f"{operation.key}: no argument for {{{error.args[0]}}} in the path"
        ) from None
    if "." in path or "%2E" in path:
        for segment in path.split("/"):
            if unescape(segment) in (".", ".."):
                raise ConfigurationError(
                    f"{operation.key}: a path argument names another path ('.' or '..')"
                )
    return path


def split_origin(url: str) -> str:
    """Return scheme, host and port of a URL, and nothing that may be secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _leave_out(draft: Draft, parameter: Parameter) -> None:
    """Ask for no compression where the document has the caller choose it."""
    if parameter.wire.lower() == "accept-encoding":
        draft.set_header("Accept-Encoding", "identity")


def _place(
    draft: Draft, slots: dict[str, str], parameter: Parameter, value: Any
) -> None:
    match parameter.place:
        case "path":
            if value is None:
                raise CodingError("is missing")
            slots[parameter.wire] = encode_path(parameter, value)
        case "query" | "querystring":
            draft.query += encode_query(parameter, value)
        case "header":
            draft.set_header(parameter.wire, encode_header(parameter, value))
        case "cookie":
            draft.cookies += encode_cookie(parameter, value)


def _add_queries(
    draft: Draft, defaults: Mapping[str, Any], extra: Mapping[str, Any]
) -> None:
    if not defaults and not extra:
        return
    known = {pair.partition("=")[0] for pair in draft.query}
    replaced = {escape(name) for name in extra}
    draft.query = [
        pair for pair in draft.query if pair.partition("=")[0] not in replaced
    ]
    for name, value in defaults.items():
        if escape(name) not in known | replaced:
            draft.query += _query_pairs(name, value)
    for name, value in extra.items():
        draft.query += _query_pairs(name, value)


def _query_pairs(name: str, value: Any) -> Iterable[str]:
    values = value if is_list(value) or is_tuple(value) else [value]
    return [
        f"{escape(name)}={escape(text_of(item))}" for item in values if item is not None
    ]


def _add_body(
    draft: Draft, operation: Operation[Any], body: Any, options: CallOptions
) -> None:
    extra = options.get("extra_body")
    if operation.body is None or (
        body is None and not operation.body.required and not extra
    ):
        if extra:
            raise ConfigurationError(f"{operation.key}: extra_body without a body")
        return
    try:
        content, media_type = encode_body(
            operation.body, body, options.get("media_type"), extra
        )
        if has_coding(operation.parameters):
            content = _compressed(content, draft.header("Content-Encoding"))
    except CodingError as error:
        raise ConfigurationError(f"{operation.key}: the body {error}") from error
    draft.content = content
    draft.set_header("Content-Type", media_type)


def _compressed(content: Content, coding: str) -> Content:
    if isinstance(content, bytes):
        return compressed(content, coding)
    if coding.strip().lower() not in ("", "identity"):
        raise CodingError("is a stream, which has to be compressed by who sends it")
    return content


@lru_cache(maxsize=4096)
def _pieces(path: str) -> list[str]:
    """Return literal text, encoded, and names of slots, in turn.

    A fragment, by which some documents tell operations apart, is never sent.
    """
    pieces = _SLOT.split(path.partition("#")[0])
    pieces[::2] = map(escape_path_literal, pieces[::2])
    return pieces
