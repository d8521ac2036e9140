"""The body of a failure: an example of the declared type, made to say what happened.

Comes in: a failure, an example, the names of the properties that the type has, and a
test for its values. Goes out: a value that passes the test.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from ..kinds import is_dict, is_list
from .failure import FailureError
from .observing import REQUEST_ID
from .problem_lists import candidates, plain

Test = Callable[[Any], bool]

_CODES: Mapping[int, tuple[str, ...]] = {
    400: ("VALIDATION_ERROR", "VALIDATION_FAILED", "BAD_REQUEST", "INVALID_REQUEST"),
    401: ("UNAUTHORIZED", "UNAUTHENTICATED", "INVALID_CREDENTIALS"),
    403: ("FORBIDDEN", "PERMISSION_DENIED", "ACCESS_DENIED"),
    404: ("NOT_FOUND",),
    405: ("METHOD_NOT_ALLOWED",),
    406: ("NOT_ACCEPTABLE",),
    409: ("CONFLICT",),
    413: ("PAYLOAD_TOO_LARGE", "CONTENT_TOO_LARGE"),
    415: ("UNSUPPORTED_MEDIA_TYPE",),
    422: ("VALIDATION_ERROR", "VALIDATION_FAILED", "UNPROCESSABLE_ENTITY"),
    429: ("RATE_LIMITED", "TOO_MANY_REQUESTS", "RATE_LIMIT_EXCEEDED"),
    500: ("INTERNAL", "INTERNAL_ERROR", "INTERNAL_SERVER_ERROR", "SERVER_ERROR"),
    501: ("NOT_IMPLEMENTED",),
    503: ("SERVICE_UNAVAILABLE", "UNAVAILABLE"),
}
_ENDS = ("BAD_REQUEST", "INVALID_REQUEST", "ERROR", "UNKNOWN")
_WRAPPERS = {"error", "fault", "problem", "errors", "data", "err"}
_LISTS = {
    "details",
    "errors",
    "issues",
    "violations",
    "invalidparams",
    "fielderrors",
    "validationerrors",
    "problems",
    "errordetails",
    "fields",
    "causes",
}
_MESSAGES = {
    "detail",
    "message",
    "msg",
    "errormessage",
    "errordescription",
    "description",
    "explanation",
}
_REQUESTS = {"requestid", "traceid", "correlationid", "errorid", "trackingid"}
# What is worth adding to an example that does without it.
_ADDED = _MESSAGES | _LISTS | _REQUESTS
_STATUSES = {"status", "statuscode", "httpstatus", "httpstatuscode", "httpcode"}
_TIMES = {"timestamp", "time", "date", "datetime", "occurredat"}


def drafted(
    failure: FailureError,
    example: Any,
    examples_of: Mapping[str, Any],
    accepts: Test,
    *,
    documented: bool,
) -> Any:
    """Return the example with what is known of the failure written into it.

    ``examples_of`` holds an example for each property of the type. ``documented``: the
    example was written for this very status, so that its code and title are right.
    """
    if isinstance(example, str):
        return failure.detail if accepts(failure.detail) else example
    if is_list(example):
        entries = [problem.text for problem in failure.problems] or [failure.detail]
        options = [*candidates(example, failure.problems), entries]
        return next((value for value in options if accepts(value)), example)
    if not is_dict(example):
        return example
    return _filled(failure, example, examples_of, accepts, documented)


def _filled(
    failure: FailureError,
    example: Mapping[str, Any],
    examples_of: Mapping[str, Any],
    accepts: Test,
    documented: bool,
) -> dict[str, Any]:
    body = dict(example)
    names = dict.fromkeys([*body, *examples_of])
    for name in names:
        key, sample = plain(name), body.get(name, examples_of.get(name))
        if documented and name in body and key in ("code", "title", "type", "name"):
            continue
        if documented and name not in body and key not in _ADDED:
            continue
        if is_dict(sample) and key in _WRAPPERS:
            inner = _wrapped(failure, name, sample, body, accepts, documented)
            if inner is not None:
                body[name] = inner
                continue
        _set(body, name, _values(key, sample, failure), accepts)
    _set_type_by_code(body, example, accepts)
    return body


def _set_type_by_code(
    body: dict[str, Any], example: Mapping[str, Any], accepts: Test
) -> None:
    """Let a ``type`` that spells the code of its example spell the code sent."""
    before, after = example.get("code"), body.get("code")
    kind = example.get("type")
    if not all(isinstance(one, str) and one for one in (before, after, kind)):
        return
    for spelling in (str, str.lower, _kebab):
        if spelling(str(before)) in str(kind):
            made = str(kind).replace(spelling(str(before)), spelling(str(after)))
            if accepts({**body, "type": made}):
                body["type"] = made
            return


def _wrapped(
    failure: FailureError,
    name: str,
    sample: dict[str, Any],
    body: Mapping[str, Any],
    accepts: Test,
    documented: bool,
) -> dict[str, Any] | None:
    """Return the object that holds the failure one level further down."""
    if not accepts({**body, name: sample}):
        return None
    known = _MESSAGES | _STATUSES | {"code", "title"}
    if not any(plain(inner) in known for inner in sample):
        return None

    def accepts_inner(value: Any) -> bool:
        return accepts({**body, name: value})

    return _filled(failure, sample, {}, accepts_inner, documented)


def _set(body: dict[str, Any], name: str, values: Iterable[Any], accepts: Test) -> None:
    """Give a property the first of the values that is of its type."""
    tried = False
    for value in values:
        tried = True
        if value is _ABSENT:
            without = {key: body[key] for key in body if key != name}
            if accepts(without):
                body.pop(name, None)
                return
        elif accepts({**body, name: value}):
            body[name] = value
            return
    if not tried:
        return


_ABSENT = object()


def _values(key: str, sample: Any, failure: FailureError) -> Iterator[Any]:
    """Yield what a property of this name may say, the best first."""
    if key in _STATUSES:
        yield from (failure.status, str(failure.status), failure.title)
    elif key in _MESSAGES:
        yield failure.detail
        yield failure.detail[:100]
        yield failure.title
        yield from _listed(sample, failure)
    elif key == "title":
        yield failure.title
    elif key in ("code", "errorcode", "reason", "error"):
        # OAuth and others: a short text under ``error``.
        yield from (failure.title,) if key == "error" else ()
        yield from _codes(failure.status, sample)
        yield from (failure.status, str(failure.status))
    elif key == "type":
        yield from ("about:blank", *_codes(failure.status, sample))
    elif key in _LISTS:
        yield from candidates(sample, failure.problems)
        yield from (_ABSENT, [], {}, None)
    elif key in _REQUESTS:
        known = REQUEST_ID.get()
        yield from (known,) if known else ()
        made = uuid4()
        prefix, underscore, _ = (
            sample.partition("_") if isinstance(sample, str) else ("",) * 3
        )
        if underscore and len(prefix) < 8:
            yield f"{prefix}_{made.hex}"
        yield from (str(made), made.hex)
    elif key in _TIMES:
        now = datetime.now(UTC)
        yield now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        yield from (now.date().isoformat(), int(time.time() * 1000), int(time.time()))
    elif key in ("success", "ok"):
        yield False
    elif key == "instance":
        yield _ABSENT


def _listed(sample: Any, failure: FailureError) -> Iterator[Any]:
    """Yield what stands under the name of a message where that is a list (FastAPI)."""
    if failure.problems:
        yield from candidates(sample, failure.problems)
        return
    code = next(_codes(failure.status, "lower"), "error")
    yield [failure.detail]
    yield [{"loc": [], "msg": failure.detail, "type": code}]


def _codes(status: int, sample: Any) -> Iterator[str]:
    words = (*_CODES.get(status, ()), *(_ENDS if status < 500 else ()))
    spellings: list[Callable[[str], str]] = [str.upper, str.lower, _pascal, _kebab]
    if isinstance(sample, str) and sample:
        # The spelling of the sample comes first.
        if sample.islower():
            spellings = [_kebab if "-" in sample else str.lower, *spellings]
        elif not sample.isupper():
            spellings = [_pascal, *spellings]
    for word in words:
        for spelling in spellings:
            yield spelling(word)


def _pascal(word: str) -> str:
    return "".join(part.capitalize() for part in word.split("_"))


def _kebab(word: str) -> str:
    return word.lower().replace("_", "-")
