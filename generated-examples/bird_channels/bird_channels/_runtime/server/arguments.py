"""The arguments of a handler out of a request: everything but the body.

Comes in: the parameters of an operation and a request. Goes out: values of the declared
types by their Python names, and what is wrong with the rest.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request

from ..adapters import decode
from ..coding.arguments import (
    MISSING,
    Claims,
    Pair,
    claims_of,
    decode_cookie,
    decode_header,
    decode_path,
    decode_query,
    decode_querystring,
    parse_cookies,
    parse_query,
)
from ..coding.problem import CodingError
from ..operation import Operation, Parameter
from .failure import Problem, problems_in


class ArgumentDecoder:
    """Decodes the parameters of one operation."""

    def __init__(
        self,
        operation: Operation[Any],
        credentials: Mapping[str, Collection[str]],
        *,
        unknown: bool,
    ) -> None:
        self._parameters = operation.parameters
        self._claims = {
            place: claims_of(_in(operation, place), credentials.get(place, ()))
            for place in ("query", "cookie")
        }
        self._defaults = {one.name: _default(one) for one in operation.parameters}
        self._needs_query = any(_in(operation, "query"))
        self._needs_cookies = any(_in(operation, "cookie"))
        self._known = None if unknown else _known(operation, self._claims["query"])

    def decode(
        self, request: Request, slots: Mapping[str, str], problems: list[Problem]
    ) -> dict[str, Any]:
        """Return the arguments; what is wrong is added to the problems."""
        raw_query = request.scope["query_string"].decode("latin-1")
        wants_pairs = self._needs_query or self._known is not None
        pairs = parse_query(raw_query) if raw_query and wants_pairs else ()
        cookies = (
            parse_cookies(request.headers.getlist("cookie"))
            if self._needs_cookies
            else ()
        )
        arguments: dict[str, Any] = {}
        for one in self._parameters:
            try:
                value = self._decode(one, request, slots, pairs, cookies, raw_query)
            except (ValidationError, CodingError) as error:
                problems += problems_in(one.place, error, one.wire)
                continue
            if value is not MISSING:
                arguments[one.name] = value
            elif one.required:
                problem = Problem(one.place, (one.wire,), "is required", "missing")
                problems.append(problem)
            else:
                arguments[one.name] = self._defaults[one.name]
        self._refuse_unknown(pairs, problems)
        return arguments

    def _decode(
        self,
        one: Parameter,
        request: Request,
        slots: Mapping[str, str],
        pairs: tuple[Pair, ...],
        cookies: tuple[Pair, ...],
        raw_query: str,
    ) -> Any:
        match one.place:
            case "path":
                return decode_path(one, slots[one.wire])
            case "query":
                return decode_query(one, pairs, self._claims["query"])
            case "header":
                return decode_header(one, _lines(request, one.wire))
            case "cookie":
                return decode_cookie(one, cookies, self._claims["cookie"])
            case "querystring":
                return decode_querystring(one, raw_query)

    def _refuse_unknown(self, pairs: tuple[Pair, ...], problems: list[Problem]) -> None:
        if self._known is None:
            return
        for pair in pairs:
            if not self._known.hold(pair.name):
                name = pair.name[:100]
                problems.append(Problem("query", (name,), "is not known", "unknown"))


def _in(operation: Operation[Any], place: str) -> Iterator[Parameter]:
    return (one for one in operation.parameters if one.place == place)


def _known(operation: Operation[Any], claims: Claims) -> Claims | None:
    """Return the names that the query may hold, or None where any may occur."""
    free = claims.takes_rest or any(_in(operation, "querystring"))
    return None if free else claims


def _default(one: Parameter) -> Any:
    """Return the default as a value of the declared type."""
    if one.default is None:
        return None
    try:
        return decode(one.type, json.dumps(one.default))
    except (ValidationError, TypeError, ValueError):
        return one.default


def _lines(request: Request, name: str) -> list[str]:
    """Return the lines of a header. Octets beyond ASCII are meant as UTF-8."""
    wanted = name.lower().encode("latin-1", "replace")
    found = [value for key, value in request.scope["headers"] if key == wanted]
    return [_decoded(value) for value in found]


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
