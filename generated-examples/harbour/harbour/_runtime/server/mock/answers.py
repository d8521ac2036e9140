"""The mock: what an operation answers without a handler.

Comes in: an operation, the served document, and the ``Prefer`` header of a request
(``code=404``, ``example=name``, ``dynamic=true``). Goes out: a documented example, else
a value made from the schema; never one that is not of the declared type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from pydantic import ValidationError
from starlette.responses import Response

from ...coding.problem import CodingError
from ...operation import (
    Binary,
    Events,
    Json,
    JsonLines,
    Media,
    Operation,
    Raises,
    Returns,
)
from ..conditions import Conditions
from ..document import Documented, ServedDocument
from ..failure import FailureError
from ..failures import Failures
from ..media_types import acceptable
from ..responses import BrokenContractError, status_of
from .bodies import encode_example
from .declared import declared_candidates
from .state.answers import Answered, Call, Memory, Sample
from .visible import visible
from .wishes import preferences

# More would not make it likelier that a resource fits into one of them.
_MOST_SAMPLES = 8


class Mock:
    """Answers one operation."""

    def __init__(
        self,
        operation: Operation[Any],
        document: ServedDocument,
        failures: Failures,
        memory: Memory | None = None,
    ) -> None:
        self._operation = operation
        self._document = document
        self._failures = failures
        self._memory = memory
        self._tags = Conditions(operation).tags
        self._made: dict[tuple[str, str, str, bool], tuple[bytes, str]] = {}
        self._samples: dict[tuple[str, str], Sample] = {}

    def __call__(self, call: Call) -> Response:
        """Return the answer to a call that is valid."""
        wishes = preferences(call.request.headers.getlist("prefer"))
        is_there = self._memory is not None and (
            "code" not in wishes and self._memory.check(call)
        )
        wanted = self._memory.status(call) if self._memory and is_there else None
        documented, status = self._chosen(wishes.get("code") or wanted)
        if documented is None:
            if is_there:
                self._remember(call, None)
            return Response(status_code=status)
        headers = dict(self._failures.headers(documented.status, documented.headers))
        if not documented.media:
            kept = self._remember(call, None) if is_there else None
            return Response(status_code=status, headers=self._known(headers, kept))
        accept = call.request.headers.get("accept")
        media = (acceptable(accept, documented.media) or documented.media)[0]
        if is_there and isinstance(media, Json):
            kept = self._remember(call, self._sample(documented, media))
            if kept is not None:
                content, name = encode_example(media, kept.body)
                known = self._known(headers, kept)
                return Response(content, status, headers=known, media_type=name)
        content, name = self._content(documented, media, wishes)
        return Response(content, status, headers=headers, media_type=name)

    def _remember(self, call: Call, sample: Sample | None) -> Answered | None:
        return self._memory.answer(call, sample) if self._memory is not None else None

    def _known(self, headers: dict[str, str], kept: Answered | None) -> dict[str, str]:
        """Return made-up headers with what is known of those that are documented."""
        own: dict[str, str] = {}
        if kept is not None:
            own = {name.lower(): value for name, value in kept.headers.items()}
        found = {name: own.get(name.lower(), value) for name, value in headers.items()}
        if self._tags and "etag" in own:
            found.setdefault("ETag", own["etag"])
        return {name: value for name, value in found.items() if value}

    def _sample(self, documented: Returns | Raises, media: Json) -> Sample:
        key = (str(documented.status), media.media_type)
        if key not in self._samples:
            self._samples[key] = self._sampled(documented, media)
        return self._samples[key]

    def _sampled(self, documented: Returns | Raises, media: Json) -> Sample:
        operation = self._document.operation(
            self._operation.method, self._operation.path
        )
        response = self._document.response(operation, documented.status)
        found = self._document.body(operation, response, media.media_type)
        values = islice(self._values(documented, media, "", False), _MOST_SAMPLES)
        return Sample(media, found.schema, tuple(values))

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
                return encode_example(media, value)
            except (ValidationError, CodingError, BrokenContractError, ValueError):
                continue
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
        if example:
            return
        made = chain(
            self._document.sampler.candidates(found.schema),
            declared_candidates(media.type),
        )
        if sequential:
            yield from ([value, value] for value in made)
        else:
            yield from made


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
