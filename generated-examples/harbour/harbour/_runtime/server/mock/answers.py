"""The mock: what an operation answers without a handler.

Comes in: an operation, the served document, and the ``Prefer`` header of a request
(``code=404``, ``example=name``, ``dynamic=true``). Goes out: a documented example, else
a value made from the schema; never one that is not of the declared type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from ...coding.problem import CodingError
from ...operation import (
    Binary,
    Events,
    JsonLines,
    Media,
    Operation,
    Raises,
    Returns,
)
from ..document import Documented, ServedDocument
from ..failure import FailureError
from ..failures import Failures
from ..media_types import acceptable
from ..responses import BrokenContractError, concrete, status_of
from .bodies import encode_example
from .visible import visible

_PREFERENCE = re.compile(r'([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;,]+)')


class Mock:
    """Answers one operation."""

    def __init__(
        self, operation: Operation[Any], document: ServedDocument, failures: Failures
    ) -> None:
        self._operation = operation
        self._document = document
        self._failures = failures
        self._made: dict[tuple[str, str, str, bool], tuple[bytes, str]] = {}

    def __call__(self, request: Request) -> Response:
        """Return the answer to a request that is valid."""
        wishes = preferences(request.headers.getlist("prefer"))
        documented, status = self._chosen(wishes.get("code"))
        if documented is None:
            return Response(status_code=status)
        headers = self._failures.headers(documented.status, documented.headers)
        if not documented.media:
            return Response(status_code=status, headers=dict(headers))
        accept = request.headers.get("accept")
        media = (acceptable(accept, documented.media) or documented.media)[0]
        content, name = self._content(documented, media, wishes)
        return Response(content, status, headers=dict(headers), media_type=name)

    def _chosen(self, code: str | None) -> tuple[Returns | Raises | None, int]:
        if code is None:
            for documented in _successes(self._operation):
                return documented, status_of(documented)
            if self._operation.returns:
                raise FailureError(426, "This operation goes on in another protocol")
            return None, 204
        if not re.fullmatch(r"[1-5]\d\d", code):
            raise FailureError(400, "Prefer: code is not a status")
        found = self._operation.response_for(int(code))
        if found is None:
            raise FailureError(400, f"The document has no response for status {code}")
        return found, int(code)

    def _content(
        self, documented: Returns | Raises, media: Media, wishes: Mapping[str, str]
    ) -> tuple[bytes, str]:
        dynamic = wishes.get("dynamic") == "true"
        example = wishes.get("example", "")
        key = (str(documented.status), media.media_type, example, dynamic)
        if key not in self._made:
            self._made[key] = self._make(documented, media, example, dynamic)
        return self._made[key]

    def _make(
        self, documented: Returns | Raises, media: Media, example: str, dynamic: bool
    ) -> tuple[bytes, str]:
        for value in self._values(documented, media, example, dynamic):
            try:
                content = encode_example(media, value)
            except (ValidationError, CodingError, BrokenContractError, ValueError):
                continue
            return content, concrete(media.media_type, content)
        raise FailureError(
            501, "The mock cannot make a value of the type that the document declares"
        )

    def _values(
        self, documented: Returns | Raises, media: Media, example: str, dynamic: bool
    ) -> Iterator[Any]:
        operation = self._document.operation(
            self._operation.method, self._operation.path
        )
        response = self._document.response(operation, documented.status)
        sequential = isinstance(media, Events | JsonLines)
        found = (
            self._document.items(response, media.media_type)
            if sequential
            else self._document.body(operation, response, media.media_type)
        )
        named = _named(found, example)
        values = () if dynamic and not example else named
        if isinstance(media, Binary):
            yield from values
            yield b"\x00"
            return
        for value in values:
            yield visible(value, found.schema, self._document.sampler.flattener)
            yield value
        made = self._document.sampler.candidates(found.schema)
        if sequential:
            yield from ([value, value] for value in made)
        else:
            yield from made


def preferences(headers: list[str]) -> Mapping[str, str]:
    """Return what ``Prefer`` headers ask for."""
    return {
        found.group(1).lower(): found.group(2).strip('"')
        for header in headers
        for found in _PREFERENCE.finditer(header)
    }


def _successes(operation: Operation[Any]) -> Iterator[Returns | Raises]:
    """Yield the documented successes, the lowest code first; then redirects."""
    known = [one for one in operation.returns if status_of(one) >= 200]
    yield from sorted(known, key=_order)
    for one in operation.raises:
        if isinstance(one.status, int) and one.status < 400:
            yield one
    yield from (one for one in operation.raises if one.status == "default")


def _order(documented: Returns) -> tuple[bool, int]:
    return isinstance(documented.status, str), status_of(documented)


def _named(found: Documented, example: str) -> tuple[Any, ...]:
    if example:
        values = tuple(value for name, value in found.examples if name == example)
        if not values:
            raise FailureError(400, "The document has no example of that name")
        return values
    return tuple(value for _, value in found.examples)
