"""What can be wrong with a call, before it takes the shape that the document declares.

No text here holds a value of the request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError

from ..coding.problem import CodingError
from ..kinds import is_dict, is_list


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: in which part of the request, where in it, and what."""

    place: str  # path, query, header, cookie or body
    path: tuple[str | int, ...]
    message: str
    code: str = "invalid"

    @property
    def text(self) -> str:
        """Return place, path and message in a line."""
        where = ".".join(str(step) for step in self.path)
        return f"{self.place} {where}: {self.message}" if where else self.whole

    @property
    def whole(self) -> str:
        """Return place and message without the path."""
        return f"{self.place}: {self.message}"


class FailureError(Exception):
    """An answer that is not a success, and not one that a handler chose."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        problems: tuple[Problem, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.problems = problems
        self.headers: Mapping[str, str] = headers or {}

    @property
    def title(self) -> str:
        """Return the phrase of the status."""
        return phrase(self.status)


def phrase(status: int) -> str:
    """Return the phrase of a status, such as ``Not Found``."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def invalid(problems: list[Problem]) -> FailureError:
    """Return the failure for a request that does not fit the document."""
    shown = "; ".join(problem.text for problem in problems[:5])
    more = f"; and {len(problems) - 5} more" if len(problems) > 5 else ""
    return FailureError(400, shown + more, problems=tuple(problems[:100]))


def problems_in(
    place: str,
    error: ValidationError | CodingError,
    *path: str | int,
    value: Any = None,
) -> list[Problem]:
    """Return what an exception of decoding says, without the values it met.

    ``value`` is what was decoded, where it is known: it tells steps into it from the
    names of types that were tried on the way.
    """
    if isinstance(error, CodingError):
        return [Problem(place, path, str(error), "malformed")]
    details = error.errors(include_url=False, include_input=False)
    found = [
        Problem(
            place,
            (*path, *_steps(detail["loc"], value, detail["type"])),
            _message(detail["type"], detail["msg"]),
            detail["type"],
        )
        for detail in details
    ]
    # Members of a union may say the same.
    return list(dict.fromkeys(found))


# Kinds of problem whose message may quote the request.
_QUOTING = {
    "union_tag_invalid": "Input has an unknown tag",
    "uuid_parsing": "Input should be a valid UUID",
    "url_parsing": "Input should be a valid URL",
    "url_syntax_violation": "Input should be a valid URL",
    "date_from_datetime_parsing": "Input should be a valid date",
    "date_parsing": "Input should be a valid date",
    "datetime_parsing": "Input should be a valid date and time",
    "datetime_from_date_parsing": "Input should be a valid date and time",
    "time_parsing": "Input should be a valid time",
    "time_delta_parsing": "Input should be a valid duration",
    "bytes_invalid_encoding": "Input should be base64",
    "invalid_key": "Input should have string keys",
}


def _message(kind: str, message: str) -> str:
    if kind in _QUOTING:
        return _QUOTING[kind]
    return message.removeprefix("Value error, ").removeprefix("Assertion failed, ")


def _steps(steps: tuple[str | int, ...], value: Any, kind: str) -> Iterator[str | int]:
    known = value is not None
    for at, step in enumerate(steps):
        if known and not _leads_on(value, step):
            if kind != "missing" or at < len(steps) - 1:
                continue
        elif known:
            value = value[step]
        yield step if isinstance(step, int) else step[:100]


def _leads_on(value: Any, step: str | int) -> bool:
    if is_dict(value):
        return step in value
    return is_list(value) and isinstance(step, int) and step < len(value)
