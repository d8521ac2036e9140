"""Headings and labels in, what the page says below them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

Role = Literal[
    "path",
    "query",
    "header",
    "form",
    "body",
    "parameters",
    "request",
    "response",
    "error",
    "security",
    "address",
    "other",
]


@dataclass(frozen=True, slots=True)
class Label:
    """What stands below a label. ``status`` is that of a response."""

    role: Role
    status: str = ""
    is_sample: bool = False


_STATUS = re.compile(
    r"(?:^|\b(?:response|status|code|returns?|http)\b\D{0,20})\b([1-5]\d\d"
    r"|[1-5]XX)\b",
    re.IGNORECASE,
)
_RULES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))  # type: ignore[misc]
    for role, pattern in (
        ("other", r"^(?:see also|notes?|changelog|version history|rate limits?|permissions?|limitations|weight.*|"
                  r"data source|next steps|related.*|contents?|table of contents|tips?|important|warning|"
                  r"response headers?|pagination|resource links?|try it!?|sdks?)$"),
        ("security", r"^(?:authenti\w+|authori[sz]\w+(?: scopes)?|security(?: schemes?)?|auth(?: required)?"
                     r"|credentials)$"),
        ("error", r"\berrors?\b|^failure"),
        ("path", r"^(?:path|route|template)s?[\w /-]{0,12}\b(?:param\w*|variables?|arguments?|attributes?)"
                 r"|^(?:param\w*|variables?) in (?:the )?path$|^path$"),
        ("query", r"^(?:\w+ )?query(?: |-)?(?:param\w*|string\w*|arg\w*|fields?|options?|var\w*)|^query$"
                  r"|^get param\w*"
                  r"|^(?:search|url) param\w*|^filters?$"),
        ("header", r"^(?:request |http |required |optional )*headers?(?: param\w*)?$"),
        ("body", r"\bjson\W+(?:and |or )?form\b|\bform\W+(?:and |or )?json\b"),
        ("form", r"\bform(?: |-)?(?:data|param\w*|fields?|body)"),
        ("response", r"^(?:example |sample |success\w* |http |json |api |the |expected |server )*"
                     r"(?:responses?|returns?|results?|outputs?)\b|^success\w*$|^content example"
                     r"|\bresponse(?: \w+)?$"),
        ("body", r"\b(?:body|payload|data (?:params?|parameters|constraints?|example)|json param\w*|post data|"
                 r"request (?:fields|data|properties|object|attributes|schema|content|json|param\w*)"
                 r"|body param\w*)\b"),
        ("request", r"^(?:example |sample |http |api |curl |json |full |the )*requests?\b|^(?:making"
                    r"|sending) \w+ request|^(?:example|sample|usage|curl|shell|example usage|code samples?"
                    r"|examples)$"),
        ("parameters", r"\b(?:param\w*|arguments?|attributes|fields|properties|options|input|inputs|filters)\b"),
        ("address", r"^(?:http request|endpoints?|routes?|ur[li]|method|definition|http method|address"
                    r"|resource url|path|"
                    r"base ur[li]|request ur[li]|http|call)$"),
    )
)  # fmt: skip
_EXAMPLE = re.compile(r"\b(?:examples?|samples?)\b|^curl$")
_NUMBERING = re.compile(r"^(?:\d{1,2}|\d+(?:\.\d+)+)\.?\s+(?=[A-Za-z])")
# What titles of operations begin with, and labels do not.
_VERBS = frozenset(
    re.findall(
        r"\w+",
        "list get create update delete add remove set retrieve fetch find search show view modify edit upload"
        " download cancel "
        "submit approve send start stop generate check verify validate register change replace patch put post read",
    )
)
_STATUSES = frozenset({*(str(status.value) for status in HTTPStatus), *(f"{first}XX" for first in "12345")})
_MOST_WORDS = 7


def label_of(text: str) -> Label | None:
    """Return what a short line announces; None where it is the title of something, or prose."""
    text = _NUMBERING.sub("", text.strip().strip("*_` ")).rstrip(": ").strip("*_` ")
    words = text.lower().replace("_", " ")
    if not words or len(words) > 80 or len(words.split()) > _MOST_WORDS:
        return _status_line(text)
    if words.split()[0] in _VERBS and not re.match(r"(?:get|post|put) (?:param|data|body)", words):
        return None
    status = _STATUS.search(text)
    if (
        status is not None
        and status[1].upper() in _STATUSES
        and (text[:1].isdigit() or re.match(r"(?:response|status|code|returns?|http|success|error)", words))
    ):
        return Label("response", status[1].upper(), bool(_EXAMPLE.search(words)))
    for role, pattern in _RULES:
        if pattern.search(words):
            return Label(role, "", bool(_EXAMPLE.search(words)))
    return None


def _status_line(text: str) -> Label | None:
    found = re.match(r"([1-5]\d\d)(?:\s|:|$)", text)
    return Label("response", found[1]) if found and found[1] in _STATUSES and len(text) < 120 else None
