"""Errors of a JSON Schema validator in, findings in plain sentences out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bothends.loading.cursor import describe
from bothends.loading.data import is_list, is_mapping
from bothends.loading.places import shorten

Path = tuple[str, ...]
_TYPES = {
    "array": "a list",
    "boolean": "a boolean",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "a mapping",
    "string": "a string",
}
_LISTED = 8
# Fields that say which of several kinds of object is meant.
_LABELS = (("in",), ("type",))
# What comes along with a more telling error at or below the same place.
_FOLLOWING = ("UnevaluatedProperties", "Enum", "Constant", "Pattern")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at a place.

    ``follows`` marks a finding that others, at or below the same place, may have caused; ``unknown`` are the
    fields that it says do not belong there.
    """

    path: Path
    message: str
    follows: bool = False
    unknown: tuple[str, ...] = ()


def findings(errors: Iterable[Any], data: Any, fields: frozenset[str]) -> Iterator[Finding]:
    """Say every error once, and alternatives by the one that was most likely meant.

    ``fields`` are the names of all fields that the version has. Where something else is wrong in an object, the
    validator takes those for unknown, too.
    """
    found = {finding: None for error in errors for finding in _flatten(error, data)}
    places = [finding.path for finding in found if not finding.follows]
    causes = {path[:length] for path in places for length in range(len(path) + 1)}
    for finding in found:
        if not finding.follows or finding.path not in causes:
            yield finding
            continue
        names = [name for name in finding.unknown if name not in fields and (*finding.path, name) not in causes]
        if names:
            yield Finding(finding.path, _unknown_fields(names, _here(finding.path)))


def _flatten(error: Any, data: Any) -> Iterator[Finding]:
    path = tuple(str(token) for token in error.instance_path)
    kind = error.kind
    if getattr(kind, "format", None) == "regex":
        # Judged as ECMA-262 has it where the schema is lowered.
        return
    branches: list[list[Any]] = getattr(kind, "context", [])
    if branches and type(kind).__name__.endswith(("AnyOf", "OneOfNotValid")):
        value = _at(data, path)
        for inner in _meant(branches, path, value):
            yield from _flatten(inner, data)
        return
    follows = type(kind).__name__.endswith(_FOLLOWING)
    unknown = tuple(str(name) for name in getattr(kind, "unexpected", ()))
    yield Finding(path, _sentence(error, path, data), follows, unknown)


def _meant(branches: list[list[Any]], path: Path, value: Any) -> list[Any]:
    """Choose the branch that the author most likely meant: the one that got furthest into the value."""
    wants_reference = is_mapping(value) and "$ref" in value

    def distance(branch: list[Any]) -> tuple[bool, int, int]:
        missing = any(getattr(error.kind, "property", None) == "$ref" for error in branch)
        wrong_kind = any(
            type(error.kind).__name__.endswith("Type") and len(error.instance_path) == len(path) for error in branch
        )
        wrong_label = any(
            type(error.kind).__name__.endswith(("Enum", "Constant"))
            and tuple(map(str, error.instance_path[len(path) :])) in _LABELS
            for error in branch
        )
        deepest = max((len(error.instance_path) for error in branch), default=0)
        return (missing and not wants_reference) or wrong_kind or wrong_label, -deepest, len(branch)

    return min((branch for branch in branches if branch), key=distance, default=list[Any]())


def _sentence(error: Any, path: Path, data: Any) -> str:
    name = type(error.kind).__name__.rpartition("_")[2]
    say = _SENTENCES.get(name)
    here = _here(path)
    if say is not None:
        return say(error.kind, here, _at(data, path))
    return f"{here} breaks a rule: {shorten(str(error.message), 200)}"


def _type(kind: Any, here: str, value: Any) -> str:
    names: list[str] = kind.types
    wanted = " or ".join(_TYPES.get(name, name) for name in names)
    return f"{here} must be {wanted}, not {describe(value)}"


def _unknown(kind: Any, here: str, value: Any) -> str:
    return _unknown_fields([str(name) for name in kind.unexpected], here)


def _unknown_fields(names: list[str], here: str) -> str:
    listed = ", ".join(shorten(name) for name in names[:_LISTED]) + (", …" if len(names) > _LISTED else "")
    return f"{here} has {'a field that does' if len(names) == 1 else 'fields that do'} not belong there: {listed}"


def _here(path: Path) -> str:
    return shorten(path[-1]) if path else "the document"


def _enum(kind: Any, here: str, value: Any) -> str:
    listed = ", ".join(shorten(option) for option in kind.options[:_LISTED])
    return f"{here} is {shorten(value)}, which is not one of {listed}{', …' if len(kind.options) > _LISTED else ''}"


_SENTENCES: dict[str, Callable[[Any, str, Any], str]] = {
    "Required": lambda kind, here, value: f"{here} lacks the field {shorten(kind.property)}",
    "Type": _type,
    "AdditionalProperties": _unknown,
    "UnevaluatedProperties": _unknown,
    "Enum": _enum,
    "Constant": lambda kind, here, value: f"{here} must be {shorten(kind.expected_value)}, not {shorten(value)}",
    "Pattern": lambda kind, here, value: f"{here} is {shorten(value)}, which does not match {kind.pattern!r}",
    "Format": lambda kind, here, value: f"{here} is {shorten(value)}, which is not of the format {kind.format!r}",
    "Minimum": lambda kind, here, value: f"{here} must be at least {kind.limit}, not {shorten(value)}",
    "ExclusiveMinimum": lambda kind, here, value: f"{here} must be more than {kind.limit}, not {shorten(value)}",
    "MinItems": lambda kind, here, value: f"{here} must have at least {kind.limit} elements",
    "MinProperties": lambda kind, here, value: f"{here} must have at least {kind.limit} fields",
    "MaxProperties": lambda kind, here, value: f"{here} must have at most {kind.limit} fields",
    "UniqueItems": lambda kind, here, value: f"{here} lists the same element twice",
    "OneOfMultipleValid": lambda kind, here, value: f"{here} can be read in two ways that exclude each other",
    "PropertyNames": lambda kind, here, value: f"{here} has a name that is not allowed: {shorten(kind.error.instance)}",
    "FalseSchema": lambda kind, here, value: f"{here} does not belong there",
    "Not": lambda kind, here, value: f"{here} is of a form that is not allowed there",
}


def _at(data: Any, path: Path) -> Any:
    for token in path:
        if is_mapping(data):
            data = data.get(token)
        elif is_list(data) and token.isdigit() and int(token) < len(data):
            data = data[int(token)]
    return data
