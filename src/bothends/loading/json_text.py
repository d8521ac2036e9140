"""JSON text in, plain data out. Numbers that JSON cannot hold, duplicate keys and half characters are found."""

from __future__ import annotations

import json
import re
from json.decoder import JSONDecodeError
from math import isinf
from typing import Any

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.loading import collector
from bothends.loading.json_positions import JsonPositions, depth_exceeded_at, holds_more_than
from bothends.loading.places import report_duplicates, shorten
from bothends.loading.shape import check_shape, too_deep, too_many_digits, too_many_values
from bothends.loading.text import line_and_column

_MOST = 20


def parse_json(text: str, uri: str, limits: Limits, report: Report) -> Any:
    """Read JSON text; :class:`DocumentError` where it is not JSON or exceeds a limit."""
    if holds_more_than(text, limits.nodes):
        raise too_many_values(Location(uri, "", 1, 1), limits)
    decoder = _Decoder(limits)
    try:
        with collector.paused():
            data = decoder.decode(text)
    except JSONDecodeError as error:
        raise _not_json(error, text, uri) from None
    except RecursionError:
        raise too_deep(_too_deep_place(text, uri, limits), limits) from None
    check_shape(data, limits, lambda: _too_deep_place(text, uri, limits))
    if decoder.bad_numbers:
        raise DocumentError(
            *(_bad_number(literal, text, uri, limits) for literal in sorted(decoder.bad_numbers)[:_MOST])
        )
    _check_characters(data, text, uri)
    if decoder.found_duplicate:
        report_duplicates(JsonPositions(text).duplicates(), uri, report)
    return data


class _Decoder:
    """The decoder of the standard library, with an eye on what it lets pass."""

    def __init__(self, limits: Limits) -> None:
        self._digits = limits.digits
        self.found_duplicate = False
        self.bad_numbers: set[str] = set()

    def decode(self, text: str) -> Any:
        return json.loads(
            text,
            object_pairs_hook=self._object,
            parse_int=self._integer,
            parse_float=self._float,
            parse_constant=self.bad_numbers.add,
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs):
            self.found_duplicate = True
        return members

    def _integer(self, literal: str) -> int:
        if len(literal) > self._digits:
            self.bad_numbers.add(literal)
            return 0
        return int(literal)

    def _float(self, literal: str) -> float:
        value = float(literal)
        if isinf(value) or len(literal) > self._digits:
            self.bad_numbers.add(literal)
        return value


def _not_json(error: JSONDecodeError, text: str, uri: str) -> DocumentError:
    location = Location(uri, "", error.lineno, error.colno)
    if not text[error.pos :].strip():
        message = "the text ends in the middle of a JSON value"
        return DocumentError(
            Diagnostic("invalid-json", Severity.ERROR, message, location, "check that the file is complete")
        )
    reason = error.msg[:1].lower() + error.msg[1:]
    return DocumentError(Diagnostic("invalid-json", Severity.ERROR, f"the text is not JSON: {reason}", location))


def _too_deep_place(text: str, uri: str, limits: Limits) -> Location:
    offset = depth_exceeded_at(text, limits.depth)
    return Location(uri, "", *line_and_column(text, offset))


def _bad_number(literal: str, text: str, uri: str, limits: Limits) -> Diagnostic:
    found = re.search(rf"(?<![\w.+-]){re.escape(literal)}(?![\w.+-])", text)
    line, column = line_and_column(text, found.start()) if found else (1, 1)
    place = Location(uri, "", line, column)
    if len(literal) > limits.digits:
        return too_many_digits(literal, place, limits)
    message = f"{shorten(literal)} is not a number that JSON can hold"
    return Diagnostic("invalid-number", Severity.ERROR, message, place)


def _check_characters(data: Any, text: str, uri: str) -> None:
    r"""Refuse an escape such as ``\ud800`` that is half of a character: it cannot be written anywhere."""
    if "\\ud" not in text and "\\uD" not in text:
        return
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        pass
    else:
        return
    for found in re.finditer(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F]..)", text):
        if found.group(1):
            line, column = line_and_column(text, found.start())
            message = f"{found.group()} is half of a surrogate pair, which is no character"
            raise DocumentError(Diagnostic("invalid-json", Severity.ERROR, message, Location(uri, "", line, column)))
