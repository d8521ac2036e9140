"""Media types: what a header names, and which of the documented ones it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..operation import Binary, Media, Multipart, Yaml

_WORD = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_TYPE = re.compile(rf"\s*({_WORD})/({_WORD})\s*")
# A parameter without a value is not allowed, and documents have such all the same.
_PARAMETER = re.compile(rf';\s*({_WORD})\s*(?:=\s*("(?:[^"\\]|\\.)*"|{_WORD})\s*)?')


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type or range with its parameters, names in lower case."""

    type: str
    subtype: str
    parameters: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str) -> str | None:
        """Return the value of a parameter."""
        return dict(self.parameters).get(name)

    def covers(self, other: MediaType) -> bool:
        """Tell whether this range holds the other media type."""
        return self.type in ("*", other.type) and self.subtype in ("*", other.subtype)

    @property
    def precision(self) -> int:
        """How precise a range is: the higher the closer."""
        return (self.type != "*") + (self.subtype != "*")


@lru_cache(maxsize=256)
def parse_media_type(text: str) -> MediaType | None:
    """Return the media type that a header names, or None where it names none."""
    match = _TYPE.match(text)
    if match is None:
        return None
    parameters = tuple(
        (found.group(1).lower(), (found.group(2) or "").strip('"'))
        for found in _PARAMETER.finditer(text, match.end())
    )
    return MediaType(match.group(1).lower(), match.group(2).lower(), parameters)


def best_match(given: MediaType, declared: Sequence[Media]) -> Media | None:
    """Return the declared media type that a body of the given one is of.

    Of several that differ in parameters only, the one whose parameters are given.
    Octets of which nobody said what they are may be of any range.
    """
    found: list[tuple[tuple[int, int], Media]] = []
    for media in declared:
        known = parse_media_type(media.media_type)
        if known is None or not known.covers(given):
            continue
        if isinstance(media, Multipart) and not given.parameter("boundary"):
            continue
        shared = sum(1 if one in given.parameters else -1 for one in known.parameters)
        found.append(((known.precision, shared), media))
    if found:
        return max(found, key=lambda item: item[0])[1]
    ranges = (one for one in declared if isinstance(one, Binary))
    return next((one for one in ranges if _is_open(one, given)), None)


def _is_open(media: Binary, given: MediaType) -> bool:
    is_unsaid = (given.type, given.subtype) == ("application", "octet-stream")
    return is_unsaid and "*" in media.media_type


def acceptable(accept: str | None, declared: Sequence[Any]) -> list[Any]:
    """Return the declared media types that a client accepts, the liked ones first.

    A header that cannot be read accepts everything. Among equals, JSON comes before
    other spellings of the same.
    """
    declared = sorted(declared, key=_rank)
    if not accept:
        return declared
    ranges: list[tuple[MediaType, float]] = []
    for piece in accept.split(","):
        found = parse_media_type(piece)
        if found is None:
            return declared
        ranges.append((found, _quality(found.parameter("q"))))
    liked: list[tuple[float, Any]] = []
    for media in declared:
        known = parse_media_type(media.media_type)
        if known is None:
            liked.append((1.0, media))
            continue
        own = [one for one in ranges if one[0].covers(known) or known.covers(one[0])]
        if own:
            quality = max(own, key=lambda item: item[0].precision)[1]
            if quality > 0:
                liked.append((quality, media))
    return [media for _, media in sorted(liked, key=lambda item: -item[0])]


def _rank(media: Any) -> tuple[bool, bool]:
    """Put what can be anything last, before it what JSON is often offered beside."""
    is_other_spelling = isinstance(media, Yaml) or media.media_type.endswith("xml")
    return "*" in media.media_type, is_other_spelling


def _quality(text: str | None) -> float:
    try:
        return min(max(float(text), 0.0), 1.0) if text is not None else 1.0
    except ValueError:
        return 1.0
