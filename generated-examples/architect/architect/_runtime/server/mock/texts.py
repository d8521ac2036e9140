"""Made-up strings: by format, by pattern, or a word, within the bounds on length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .patterns import matching

_ATTEMPTS = 12
# A string that has to be longer is not made.
_LONGEST = 1_000_000
_FORMATS: Mapping[str, tuple[str, ...]] = {
    "date-time": ("2024-05-17T09:30:00Z", "2024-05-17T09:30:00.000Z"),
    "date": ("2024-05-17",),
    "time": ("09:30:00Z", "09:30:00"),
    "duration": ("P1DT2H", "P1D", "PT1H"),
    "uuid": ("3f1b6c1e-8a4d-4c1e-9f57-2b6a0d5c7e41",),
    "uri": ("https://example.com/things/1", "https://a.co"),
    "url": ("https://example.com/things/1", "https://a.co"),
    "uri-reference": ("/things/1",),
    "uri-template": ("/things/{id}",),
    "iri": ("https://example.com/things/1",),
    "iri-reference": ("/things/1",),
    "email": ("someone@example.com", "a@b.co"),
    "idn-email": ("someone@example.com",),
    "hostname": ("www.example.com", "a.co"),
    "idn-hostname": ("www.example.com",),
    "ipv4": ("192.0.2.1",),
    "ipv6": ("2001:db8::1",),
    "byte": ("c2FtcGxl", "YQ==", "c2FtcGxlIG9mIG9jdGV0cw=="),
    "base64": ("c2FtcGxl", "YQ==", "c2FtcGxlIG9mIG9jdGV0cw=="),
    "base64url": ("c2FtcGxl",),
    "json-pointer": ("/things/1",),
    "relative-json-pointer": ("1/name",),
    "regex": ("^[a-z]+$",),
    "decimal": ("12.50", "12"),
    "int64": ("12",),
    "int32": ("12",),
}
_ENCODINGS = {"base64": "base64", "base64url": "base64url"}


def texts(schema: Mapping[str, Any], word: str) -> Iterator[str]:
    """Yield strings for a schema; ``word`` is used where any will do."""
    low = int(schema.get("minLength", 0))
    high = schema.get("maxLength")
    if low > _LONGEST:
        return
    form = schema.get("format") or _ENCODINGS.get(schema.get("contentEncoding", ""))
    known = _FORMATS.get(str(form), ())
    yield from (text for text in known if _fits(text, low, high))
    yield from _stretched(str(form), low, high)
    if "pattern" in schema:
        for attempt in range(_ATTEMPTS):
            text = matching(schema["pattern"], attempt, low, high)
            if text is None:
                return
            yield text
    elif not known:
        yield _sized(word, low, high)


def _fits(text: str, low: int, high: int | None) -> bool:
    return low <= len(text) and (high is None or len(text) <= high)


def _stretched(form: str, low: int, high: int | None) -> Iterator[str]:
    """Yield longer strings of the formats that may be as long as one likes."""
    need = max(0, low)
    if form in ("uri", "url", "iri", "uri-reference", "iri-reference"):
        yield "https://example.com/".ljust(need, "a")
    elif form in ("email", "idn-email"):
        labels = "a" * 50
        yield f"someone@{'.'.join([labels] * (need // 51))}.example.com"
    elif form in ("byte", "base64", "base64url"):
        yield "YWJj" * ((need + 3) // 4 or (1 if high is None or high >= 4 else 0))


def _sized(word: str, low: int, high: int | None) -> str:
    text = word if len(word) >= low else (word + " ").ljust(low, "a")
    return text if high is None else text[: int(high)]
