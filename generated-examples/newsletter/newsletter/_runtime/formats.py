"""Formats of strings: the names that ``format`` gives them, to what a text must be.

The patterns are written so that Python's engine and pydantic's read them alike. They
match a whole text; a type puts its own anchors around them.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from types import ModuleType
from unicodedata import bidirectional, normalize

from .ecma import is_ecma_pattern

_FULL_DATE = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_NAIVE_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
_FULL_TIME = rf"{_NAIVE_TIME}(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"

DATE = _FULL_DATE
TIME = _FULL_TIME
TIME_LOCAL = _NAIVE_TIME
DATE_TIME = rf"{_FULL_DATE}[Tt]{_FULL_TIME}"
DATE_TIME_LOCAL = rf"{_FULL_DATE}[Tt]{_NAIVE_TIME}"
DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?"
BASE64URL = r"[A-Za-z0-9_-]*={0,2}"

# Each unit may be left out at either end, not in the middle (RFC 3339, appendix A).
# Fractions of a second are those of ISO 8601.
_SECOND = r"[0-9]+(?:\.[0-9]+)?S"
_CLOCK = rf"T(?:[0-9]+H(?:[0-9]+M(?:{_SECOND})?)?|[0-9]+M(?:{_SECOND})?|{_SECOND})"
_CALENDAR = r"(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)"
DURATION = rf"P(?:[0-9]+W|{_CALENDAR}(?:{_CLOCK})?|{_CLOCK})"

UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
IPV4 = rf"(?:{_OCTET}\.){{3}}{_OCTET}"
_GROUP = r"[0-9A-Fa-f]{1,4}"
_TAIL = rf"(?:{_GROUP}:{_GROUP}|{IPV4})"
IPV6 = "|".join(
    [
        rf"(?:{_GROUP}:){{6}}{_TAIL}",
        rf"::(?:{_GROUP}:){{5}}{_TAIL}",
        rf"(?:{_GROUP})?::(?:{_GROUP}:){{4}}{_TAIL}",
        rf"(?:(?:{_GROUP}:){{0,1}}{_GROUP})?::(?:{_GROUP}:){{3}}{_TAIL}",
        rf"(?:(?:{_GROUP}:){{0,2}}{_GROUP})?::(?:{_GROUP}:){{2}}{_TAIL}",
        rf"(?:(?:{_GROUP}:){{0,3}}{_GROUP})?::{_GROUP}:{_TAIL}",
        rf"(?:(?:{_GROUP}:){{0,4}}{_GROUP})?::{_TAIL}",
        rf"(?:(?:{_GROUP}:){{0,5}}{_GROUP})?::{_GROUP}",
        rf"(?:(?:{_GROUP}:){{0,6}}{_GROUP})?::",
    ]
)

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOSTNAME = rf"{_LABEL}(?:\.{_LABEL})*"

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_QUOTED = r'"(?:[ !#-\[\]-~]|\\[ -~])*"'
EMAIL = (
    rf"(?:{_ATOM}(?:\.{_ATOM})*|{_QUOTED})"
    rf"@(?:{HOSTNAME}|\[(?:{IPV4}|IPv6:(?:{IPV6}))\])"
)


def _reference_syntax(letters: str, private: str) -> tuple[str, str]:
    """Return RFC 3986 (or, with more letters, RFC 3987) with and without a scheme."""
    plain = rf"[{letters}0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{{2}}"
    char = rf"(?:{plain}|[:@])"
    literal = rf"\[(?:{IPV6}|[Vv][0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+)\]"
    host = rf"(?:{literal}|(?:{plain})*)"
    authority = rf"//(?:(?:{plain}|:)*@)?{host}(?::[0-9]*)?(?:/{char}*)*"
    rooted = rf"/(?:{char}+(?:/{char}*)*)?"
    path = rf"(?:{authority}|{rooted}|{char}+(?:/{char}*)*)?"
    bare_path = rf"(?:{authority}|{rooted}|(?:{plain}|@)+(?:/{char}*)*)?"
    rest = rf"(?:\?(?:{char}|[/?{private}])*)?(?:\#(?:{char}|[/?])*)?"
    absolute = rf"[A-Za-z][A-Za-z0-9+.\-]*:{path}{rest}"
    return absolute, rf"(?:{absolute}|{bare_path}{rest})"


_INTERNATIONAL = (
    r"A-Za-z\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    r"\U00010000-\U000dffff\U000e1000-\U000efffd"
)
_PRIVATE = r"\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"

URI, URI_REFERENCE = _reference_syntax("A-Za-z", "")
_IRI, _IRI_REFERENCE = _reference_syntax(_INTERNATIONAL, _PRIVATE)

_VARIABLE = r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*"
_SPECIFIER = rf"{_VARIABLE}(?::[1-9][0-9]{{0,3}}|\*)?"
_URI_TEMPLATE = (
    rf"(?:[^\x00-\x20\x7f\"%<>\\^`{{|}}]|%[0-9A-Fa-f]{{2}}"
    rf"|\{{[+#./;?&=,!@|]?{_SPECIFIER}(?:,{_SPECIFIER})*\}})*"
)
_JSON_POINTER = r"(?:/(?:[^~/]|~[01])*)*"
_RELATIVE_JSON_POINTER = rf"(?:0|[1-9][0-9]*)(?:#|{_JSON_POINTER})"


_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})

_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)"
_HTTP_DATE = (
    rf"{_DAY}, [0-3][0-9] {_MONTH} [0-9]{{4}} {_CLOCK_TIME} GMT"
    rf"|(?:{_DAYS}), [0-3][0-9]-{_MONTH}-[0-9]{{2}} {_CLOCK_TIME} GMT"
    rf"|{_DAY} {_MONTH} [ 0-3][0-9] {_CLOCK_TIME} [0-9]{{4}}"
)
_HTTP_WORD = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_QUOTED_TEXT = r'"(?:[\t !#-\[\]-~\x80-\U0010ffff]|\\[\t -~\x80-\U0010ffff])*"'
_MEDIA_RANGE = (
    rf"(?:\*/\*|{_HTTP_WORD}/\*|{_HTTP_WORD}/{_HTTP_WORD})"
    rf"(?:[ \t]*;[ \t]*(?:{_HTTP_WORD}=(?:{_HTTP_WORD}|{_QUOTED_TEXT}))?)*"
)


def has_format(name: str, text: str) -> bool:
    """Return whether a text is of the format. A format without a rule holds of all."""
    test = _TESTS.get(name)
    return test is None or test(text)


def is_hostname(text: str) -> bool:
    """Return whether a text is a host name (RFC 1123, ``xn--`` labels RFC 5891)."""
    if len(text) > 253 or not _whole(HOSTNAME)(text):
        return False
    return all(
        _is_international_label(label)
        for label in text.split(".")
        if label[2:4] == "--" and label[:2].lower() == "xn"
    )


def is_date(text: str) -> bool:
    """Return whether a text is a date that exists (RFC 3339)."""
    if not _whole(DATE)(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_date_time(text: str) -> bool:
    return text[10:11] in ("T", "t") and is_date(text[:10]) and _is_time(text[11:])


def _is_date_time_local(text: str) -> bool:
    return is_date(text[:10]) and _whole(DATE_TIME_LOCAL)(text) is not None


def _is_time(text: str) -> bool:
    return bool(_whole(TIME)(text)) or is_leap_second(text)


def is_leap_second(text: str) -> bool:
    """Return whether a time is the second that is put in before midnight, UTC."""
    if text[5:8] != ":60" or not _whole(TIME)(f"{text[:6]}59{text[8:]}"):
        return False
    minutes = int(text[:2]) * 60 + int(text[3:5])
    if text[-1] not in "Zz":
        offset = int(text[-5:-3]) * 60 + int(text[-2:])
        minutes += offset if text[-6] == "-" else -offset
    return minutes % 1440 == 1439


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except ValueError:
        return False
    return True


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return "%" not in text


def _is_international_hostname(text: str) -> bool:
    if len(text) > 253:
        # As long as a name can be when it is encoded, and encoded it is no shorter.
        return False
    labels = re.split("[.\u3002\uff0e\uff61]", text)
    idna = _idna()
    if idna is None:
        return all(labels)
    try:
        encoded = [idna.alabel(label).decode() if label else "" for label in labels]
        if any(bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
            # Where one label runs from right to left, all must keep its rule.
            for label in filter(None, labels):
                idna.check_bidi(label, check_ltr=True)
    except (idna.IDNAError, UnicodeError):
        return False
    return is_hostname(".".join(encoded))


def _is_international_label(label: str) -> bool:
    idna = _idna()
    if idna is None:
        return True
    try:
        # Decoding alone takes labels that no encoding would give.
        return bool(idna.alabel(idna.ulabel(label.lower())).decode() == label.lower())
    except (idna.IDNAError, UnicodeError):
        return False


@cache
def _idna() -> ModuleType | None:
    """Return the tables of international names, which an HTTP library brings along."""
    try:
        import idna
    except ImportError:
        return None
    return idna


@cache
def _whole(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: _whole(pattern)(text) is not None


def _is_international_email(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    if not at or not local or " " in local:
        return False
    return _is_international_hostname(normalize("NFC", domain))


_TESTS: dict[str, Callable[[str], bool]] = {
    "base64url": _matches(BASE64URL),
    "byte": _is_base64,
    "date": is_date,
    "date-time": _is_date_time,
    "date-time-local": _is_date_time_local,
    "decimal": _matches(DECIMAL),
    "decimal128": _matches(DECIMAL),
    "duration": _matches(DURATION),
    "email": _matches(EMAIL),
    "hostname": is_hostname,
    "http-date": _matches(_HTTP_DATE),
    "idn-email": _is_international_email,
    "idn-hostname": _is_international_hostname,
    "ipv4": _is_ipv4,
    "ipv6": _is_ipv6,
    "iri": _matches(_IRI),
    "iri-reference": _matches(_IRI_REFERENCE),
    "json-pointer": _matches(_JSON_POINTER),
    "media-range": _matches(_MEDIA_RANGE),
    "regex": is_ecma_pattern,
    "relative-json-pointer": _matches(_RELATIVE_JSON_POINTER),
    "sf-binary": _matches(r":[A-Za-z0-9+/]*={0,2}:"),
    "sf-boolean": _matches(r"\?[01]"),
    "sf-string": _matches(r'"(?:[ !#-\[\]-~]|\\["\\])*"'),
    "sf-token": _matches(r"[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*"),
    "time": _is_time,
    "time-local": _matches(TIME_LOCAL),
    "uri": _matches(URI),
    "uri-reference": _matches(URI_REFERENCE),
    "uri-template": _matches(_URI_TEMPLATE),
    "uuid": _matches(UUID),
}
