"""Failures in the shape that the document declares for an operation.

Comes in: a failure of decoding, of security, or of a handler. Goes out: a response of
the status and media type that the document has for it, with a body of the declared
type. What is documented for that very status is taken; else for its kind; else the
nearest other failure of the operation; else, where the operation documents none, what
most others have; else problem details (RFC 9457).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from pydantic import ValidationError
from starlette.responses import Response

from ..adapters import decode
from ..coding.parameters import encode_header
from ..coding.problem import CodingError
from ..coding.yaml_text import to_yaml
from ..kinds import is_dict
from ..operation import Json, Media, Operation, Raises, Text, Yaml
from .document import Documented, ServedDocument
from .drafts import drafted
from .failure import FailureError, phrase
from .settings import Settings

_logger = logging.getLogger("bothends.server")
_PROBLEM = "application/problem+json"

# Statuses that say the same where a document knows only one of them.
_KIN: Mapping[int, tuple[int, ...]] = {400: (422,), 422: (400,)}
# Kinds of problem that leave nothing of a body to look into.
_UNREADABLE = frozenset({"malformed", "json_invalid"})
_NEAR = (400, 422, 403, 401, 404, 409, 500)
# Headers that say how a body travels, which no made-up value could be true of.
_FRAMING = frozenset(
    {"connection", "content-encoding", "content-length", "content-range"}
    | {"keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
)


class Failures:
    """Makes the responses of one operation that are not a success."""

    def __init__(
        self,
        operation: Operation[Any],
        document: ServedDocument,
        settings: Settings,
        usual: Callable[[], Failures | None] = lambda: None,
    ) -> None:
        """``usual`` makes failures where the operation has none with a body."""
        self._operation = operation
        self._usual = usual
        self._document = document
        self._settings = settings
        self._shapes: dict[tuple[int | str, str], _Shape] = {}

    def response(self, failure: FailureError) -> Response:
        """Return the response for a failure."""
        raises, status = self._documented(self._precise(failure))
        if raises is None or not raises.media:
            return self._without_shape(failure, raises, status)
        media = _readable(raises.media)
        if status != failure.status:
            failure = _as_status(failure, status)
        shape = self._shape(raises, media)
        content = shape.content(failure, exact=raises.status == status)
        headers = {**self.headers(raises.status, raises.headers), **failure.headers}
        return _response(content, status, media.media_type, headers)

    def headers(self, status: int | str, declared: Sequence[Any]) -> Mapping[str, str]:
        """Return made-up values for the headers that a response has to have."""
        found: dict[str, str] = {}
        for header in declared:
            if header.wire.lower() in _FRAMING:
                continue
            documented = self._document.header(self._raw(status), header.wire)
            for value in _values(self._document, documented, header.wire):
                try:
                    typed = decode(header.type, json.dumps(value))
                    found[header.wire] = encode_header(header, typed)
                    break
                except (ValidationError, CodingError):
                    continue
        return found

    def _precise(self, failure: FailureError) -> int:
        """Return the status of a failure.

        Where a document tells 400 from 422, the latter is for what could be read.
        """
        if failure.status != 400 or not failure.problems:
            return failure.status
        unreadable = any(
            problem.place == "body" and problem.code in _UNREADABLE
            for problem in failure.problems
        )
        documented = self._operation.responses
        if isinstance(documented.get(422), Raises):
            return 400 if unreadable else 422
        known = {400, "4XX", "default"} & documented.keys()
        if not known and isinstance(documented.get(404), Raises):
            # Nothing is where the path leads that cannot be one.
            in_path = all(problem.place == "path" for problem in failure.problems)
            return 404 if in_path else 400
        return 400

    def _documented(self, status: int) -> tuple[Raises | None, int]:
        """Return the documented failure to answer with, and the status."""
        found = self._operation.responses
        for code in (status, *_KIN.get(status, ())):
            response = found.get(code)
            if isinstance(response, Raises):
                return response, code
        for key in (f"{status // 100}XX", "default"):
            response = found.get(key)
            if isinstance(response, Raises):
                return response, status
        near = [found.get(code) for code in _NEAR if code // 100 == status // 100]
        others = [*near, *(found.get(code) for code in _NEAR), *found.values()]
        for response in others:
            if isinstance(response, Raises) and response.media:
                return response, status
        return None, status

    def _shape(self, raises: Raises, media: Media) -> _Shape:
        key = (raises.status, media.media_type)
        if key not in self._shapes:
            documented = self._document.body(
                self._raw_operation, self._raw(raises.status), media.media_type
            )
            self._shapes[key] = _Shape(
                media, documented, self._document, self._settings, raises.status
            )
        return self._shapes[key]

    def _without_shape(
        self, failure: FailureError, raises: Raises | None, status: int
    ) -> Response:
        if raises is not None:
            return _response(b"", status, None, failure.headers)
        usual = self._usual()
        return problem_details(failure) if usual is None else usual.lent(failure)

    def lent(self, failure: FailureError) -> Response:
        """Return the response for a failure of an operation that documents none."""
        raises, _ = self._documented(failure.status)
        if raises is None or not raises.media:
            return problem_details(failure)
        media = _readable(raises.media)
        content = self._shape(raises, media).content(failure, exact=False)
        return _response(content, failure.status, media.media_type, failure.headers)

    @cached_property
    def _raw_operation(self) -> Mapping[str, Any]:
        return self._document.operation(self._operation.method, self._operation.path)

    def _raw(self, status: int | str) -> Mapping[str, Any]:
        return self._document.response(self._raw_operation, status)


class _Shape:
    """One declared body of a failure."""

    def __init__(
        self,
        media: Media,
        documented: Documented,
        document: ServedDocument,
        settings: Settings,
        status: int | str,
    ) -> None:
        self._media = media
        self._documented = documented
        self._sampler = document.sampler
        self._settings = settings
        self._status = status

    def content(self, failure: FailureError, *, exact: bool) -> bytes:
        """Return the encoded body; ``exact``: the shape is that status's own."""
        if not isinstance(self._media, Json):
            return f"{failure.title}: {failure.detail}".encode()
        found = self._example
        if found is None:
            # No value of the declared type could be made: nothing better is known.
            return self._written(_details(failure))
        example, is_documented = found
        body = drafted(
            failure,
            example,
            self._properties,
            self._accepts,
            documented=exact and is_documented,
        )
        describe = self._settings.describe_failure
        if describe is not None:
            described = describe(failure, body)
            if self._accepts(described):
                body = described
            else:
                _logger.error("describe_failure: the body is not of its type")
        return self._written(body)

    def _written(self, body: Any) -> bytes:
        content = _dumped(body)
        return to_yaml(content) if isinstance(self._media, Yaml) else content

    @cached_property
    def _example(self) -> tuple[Any, bool] | None:
        for _, value in self._documented.examples:
            if self._accepts(value):
                return value, self._status not in ("default", "4XX", "5XX")
        values = list(self._sampler.candidates(self._documented.schema))
        for value in sorted(values, key=_size):
            if self._accepts(value):
                return value, False
        return None

    @cached_property
    def _properties(self) -> Mapping[str, Any]:
        """An example for each property that the type has."""
        found: dict[str, Any] = {}
        for value in self._sampler.candidates(self._documented.schema):
            if is_dict(value):
                found = {**value, **found}
        return found

    def _accepts(self, value: Any) -> bool:
        try:
            decode(self._media.type, _dumped(value))
        except (ValidationError, ValueError):
            return False
        return True


def problem_details(failure: FailureError) -> Response:
    """Return a failure as RFC 9457 has it, where a document says nothing."""
    return _response(
        _dumped(_details(failure)), failure.status, _PROBLEM, failure.headers
    )


def _details(failure: FailureError) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": failure.title,
        "status": failure.status,
        "detail": failure.detail,
    }
    if failure.problems:
        body["errors"] = [
            {
                "in": problem.place,
                "path": list(problem.path),
                "detail": problem.message,
                "code": problem.code,
            }
            for problem in failure.problems
        ]
    return body


def _as_status(failure: FailureError, status: int) -> FailureError:
    detail = failure.detail if failure.detail != failure.title else phrase(status)
    return FailureError(
        status, detail, problems=failure.problems, headers=failure.headers
    )


def _values(
    document: ServedDocument, documented: Documented, name: str
) -> Iterator[Any]:
    for _, value in documented.examples:
        yield value
    yield from document.sampler.candidates(documented.schema, name.lower())


def _readable(media: Sequence[Media]) -> Media:
    for kind in (Json, Text):
        for found in media:
            if isinstance(found, kind):
                return found
    return media[0]


def _response(
    content: bytes, status: int, media_type: str | None, headers: Mapping[str, str]
) -> Response:
    response = Response(content, status_code=status, headers=dict(headers))
    if media_type is not None:
        concrete = media_type.replace("*/*", "application/json")
        response.headers["content-type"] = concrete.replace("/*", "/json")
    return response


def _size(value: Any) -> int:
    return len(_dumped(value))


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode(
        "utf-8", "replace"
    )
