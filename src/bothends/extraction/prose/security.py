"""What pages show and say of credentials in; security schemes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bothends.extraction.prose.commands import Command
from bothends.extraction.prose.reading import Operation

_HEADER = re.compile(
    r"(?:^|[-_])(?:api-?_?key|apikey|token|auth|secret|access-?key|mbx-apikey|subscription-key)(?:$|[-_])"
    r"|^api-?key$|-key$",
    re.IGNORECASE,
)
_QUERY = ("api_key", "apikey", "api-key", "access_token", "appid", "app_id", "auth_token", "apiKey", "api_token")
_SAID = re.compile(
    r"Authorization\s*(?:[\"'`]\s*)?(?:header)?\s*[:=]?\s*[\"'`]?\s*(?:header\s*:?\s*)?[\"'`]?(?P<scheme>Bearer"
    r"|Basic|Token|[A-Z]\w*Key|ApiKey)(?=[\s'\"`<{\[$])"
    r"|(?P<bearer>(?:\b|(?<=required))[Bb]earer ?(?:[Tt]oken|[Aa]uth)|`Bearer [<{\[]|\bBearer [<{\[])"
    r"|(?P<basic>\bHTTP [Bb]asic\b|\b[Bb]asic [Aa]uth)"
    r"|(?P<header>\bX-[A-Za-z-]*(?:Key|KEY|key|Token|TOKEN|token))\b(?=[`'\" :])"
)

Scheme = tuple[str, dict[str, Any]]


def shown_scheme(command: Command) -> Scheme | None:
    """Return the scheme of a command's credentials."""
    if command.user:
        return "basicAuth", {"type": "http", "scheme": "basic"}
    for name, value in command.headers.items():
        found = header_scheme(name, value)
        if found is not None:
            return found
    try:
        names = [name for name, _ in parse_qsl(urlsplit(command.url).query, keep_blank_values=True)]
    except ValueError:
        return None
    found_name = next((name for name in names if name in _QUERY), None)
    return None if found_name is None else ("apiKey", {"type": "apiKey", "in": "query", "name": found_name})


def header_scheme(name: str, value: str) -> Scheme | None:
    """Return the scheme of a header, by its name and by a sample or a description of its value."""
    if name.lower() == "authorization":
        word = re.search(r"\b(bearer|basic)\b", value, re.IGNORECASE)
        if word is not None:
            return _http(word[1])
        prefix = re.match(r"[`'\"]?([A-Z][\w-]*)\s+\S", value)
        return _prefixed(prefix[1] if prefix and len(value) < 200 and not re.search(r"\w \w+ \w", value) else "")
    if (
        name.lower().startswith("proxy-")
        or not _HEADER.search(name)
        or re.search(r"idempoten|csrf|content", name, re.IGNORECASE)
    ):
        return None
    return "apiKey", {"type": "apiKey", "in": "header", "name": name}


def is_credential(place: str, name: str) -> bool:
    """Whether a parameter is what a security scheme sends."""
    if place == "header":
        return header_scheme(name, "") is not None
    return place == "query" and name in _QUERY


def said_scheme(texts: Iterable[str]) -> Scheme | None:
    """Return the scheme that words describe."""
    for text in texts:
        found = _SAID.search(text)
        if found is None:
            continue
        if found["scheme"]:
            return _http(found["scheme"]) if found["scheme"] in ("Bearer", "Basic") else _prefixed(found["scheme"])
        if found["header"]:
            return "apiKey", {"type": "apiKey", "in": "header", "name": found["header"]}
        return _http("bearer" if found["bearer"] else "basic")
    return None


def operation_schemes(operation: Operation, texts: Iterable[str]) -> list[Scheme]:
    """Return the schemes of one operation: of its commands, its fields, or what is said of it, in that order."""
    shown = [found for command in operation.commands if (found := shown_scheme(command)) is not None]
    if not shown:
        for one in operation.fields:
            place = one.place or ("header" if one.name == "Authorization" else "")
            found = header_scheme(one.name, one.description) if place == "header" else None
            if found is None and place == "query" and one.name in _QUERY:
                found = ("apiKey", {"type": "apiKey", "in": "query", "name": one.name})
            shown += [found] if found is not None else []
    if not shown:
        said = said_scheme([*operation.security, *texts])
        shown = [said] if said is not None else []
    return list({repr(scheme): (name, scheme) for name, scheme in shown}.values())[:1]


def _http(word: str) -> Scheme:
    word = word.lower()
    return f"{word}Auth", {"type": "http", "scheme": word}


def _prefixed(prefix: str) -> Scheme:
    scheme: dict[str, Any] = {"type": "apiKey", "in": "header", "name": "Authorization"}
    if prefix:
        scheme["description"] = f"The value is '{prefix} ', followed by the key."
    return "apiKey", scheme
