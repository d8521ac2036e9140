"""Problems in the structure that an API uses for them, learnt from an example.

Comes in: an example of the property (documented, or made from its schema) and the
problems. Goes out: candidates, the closest imitation first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..kinds import is_dict, is_list
from .failure import Problem

_MESSAGE = {
    "message",
    "msg",
    "detail",
    "description",
    "reason",
    "error",
    "text",
    "title",
}
_CODE = {"code", "type", "rule", "keyword", "errorcode", "constraint"}
_PATH = {
    "path",
    "loc",
    "field",
    "name",
    "property",
    "parameter",
    "param",
    "key",
    "attribute",
}
_PLACE = {"in", "place", "source", "location", "target", "where"}
_POINTER = {"pointer", "jsonpointer", "instancepath"}


def plain(name: str) -> str:
    """Return a property name without case and separators."""
    return "".join(c for c in name.lower() if c.isalnum())


def candidates(example: Any, problems: Sequence[Problem]) -> Iterator[Any]:
    """Yield the problems in different structures, likely ones first."""
    if not problems:
        return
    if isinstance(example, list | dict) and example:
        imitated = _like(example, problems)
        # An example without a place for the message would hide what is wrong.
        if problems[0].message in str(imitated):
            yield imitated
    flat = [
        {
            "field": _dotted(problem),
            "message": problem.message,
            "code": problem.code,
        }
        for problem in problems
    ]
    yield [{"field": place, "issues": _issues(own)} for place, own in _places(problems)]
    yield flat
    yield [
        {"loc": _loc(problem), "msg": problem.message, "type": problem.code}
        for problem in problems
    ]
    yield {"issues": flat}
    by_field: dict[str, list[str]] = {}
    for problem in problems:
        by_field.setdefault(_dotted(problem), []).append(problem.message)
    yield by_field
    yield [problem.text for problem in problems]
    yield {field: "; ".join(messages) for field, messages in by_field.items()}
    yield "; ".join(problem.text for problem in problems)


def _like(example: Any, problems: Sequence[Problem]) -> Any:
    if is_list(example):
        first = example[0]
        if isinstance(first, str):
            return [problem.text for problem in problems]
        if is_dict(first) and any(map(_is_nested, first.values())):
            return [_entry(first, own, place) for place, own in _places(problems)]
        if is_dict(first):
            return [_entry(first, [problem], "") for problem in problems]
        return None
    if is_dict(example):
        value = next(iter(example.values()))
        if is_list(value) and value and isinstance(value[0], str):
            names: dict[str, list[str]] = {}
            for problem in problems:
                names.setdefault(_dotted(problem), []).append(problem.message)
            return names
        return _entry(example, problems, "")
    return None


def _entry(
    example: Mapping[str, Any], problems: Sequence[Problem], place: str
) -> dict[str, Any]:
    """Return an object like the example; ``place`` is set where it holds a group."""
    first = problems[0]
    made: dict[str, Any] = {}
    for name, value in example.items():
        key = plain(name)
        if _is_nested(value):
            made[name] = _like(value, problems)
        elif key in _MESSAGE:
            made[name] = first.message
        elif key in _CODE:
            made[name] = first.code
        elif key in _POINTER:
            made[name] = "".join(map(_token, first.path))
        elif key in _PATH or key in _PLACE:
            made[name] = _where(key, value, first, place)
    return made


def _token(step: str | int) -> str:
    """Return a step of a JSON Pointer (RFC 6901)."""
    return "/" + str(step).replace("~", "~0").replace("/", "~1")


def _where(key: str, example: Any, problem: Problem, place: str) -> Any:
    if place:
        return place
    if is_list(example):
        return _loc(problem) if key == "loc" else list(problem.path)
    if is_dict(example):
        return _entry(example, [problem], "")
    if key in _PLACE:
        return problem.place
    return _dotted(problem)


def _loc(problem: Problem) -> list[str | int]:
    """Return where a problem is as FastAPI has it: the part of the request first."""
    return [problem.place, *problem.path]


def _issues(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "code": problem.code,
            "message": problem.message,
            "path": list(problem.path),
        }
        for problem in problems
    ]


def _places(problems: Sequence[Problem]) -> Iterator[tuple[str, list[Problem]]]:
    for place in dict.fromkeys(problem.place for problem in problems):
        yield place, [problem for problem in problems if problem.place == place]


def _is_nested(value: Any) -> bool:
    return is_list(value) and bool(value) and is_dict(value[0])


def _dotted(problem: Problem) -> str:
    return ".".join(str(step) for step in problem.path) or problem.place
