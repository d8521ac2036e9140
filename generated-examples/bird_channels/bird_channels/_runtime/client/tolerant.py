"""Answers that deviate from the document in ways that a client survives.

Tolerated: values that an enumeration does not list, members that a union does not know,
nulls where none was promised, properties that a closed object does not name, and
scalars outside their limits or format. Not tolerated: what is missing, and what is of
another kind of JSON value.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from inspect import get_annotations, isclass
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    TypeAlias,
    Union,
    get_args,
    get_origin,
)

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json, to_json

from ..adapters import decode
from ..kinds import is_container, is_list, is_mapping

Deviations: TypeAlias = tuple[str, ...]


class _TooFarError(Exception):
    """There is no value of the type that holds this JSON."""


def decode_tolerantly(type: Any, content: bytes) -> tuple[Any, Deviations] | None:
    """Return a value as close to the type as the JSON allows, and where it deviates.

    None where it is too far off.
    """
    found: list[str] = []
    try:
        return _build(type, from_json(content), "", found), tuple(found)
    except (_TooFarError, RecursionError):
        return None


def _build(type: Any, value: Any, place: str, found: list[str]) -> Any:
    try:
        return decode(type, to_json(value))
    except ValidationError as error:
        problems = error.errors(
            include_url=False, include_input=False, include_context=False
        )
    if value is None:
        found.append(f"{place or _WHOLE}: {_NO_NULL}")
        return None
    bare = _bare(type)
    origin = get_origin(bare) or bare
    if origin in _UNIONS:
        return _member(bare, origin, value, place, found)
    if is_container(value):
        before = len(found)
        refused = frozenset(one["loc"][0] for one in problems if len(one["loc"]) == 1)
        made = _container(bare, origin, value, _Place(place, found, refused))
        if len(found) == before:
            # All that is in it is fine by itself: something about the whole is not.
            found.append(f"{place or _WHOLE}: {problems[0]['msg']}")
        return made
    if not _same_kind(bare, value):
        raise _TooFarError
    found.append(f"{place or _WHOLE}: {problems[0]['msg']}")
    return value


class _Place(NamedTuple):
    """Where a container stands, what was found, and which of its parts were refused."""

    path: str
    found: list[str]
    refused: frozenset[str | int] = frozenset()

    def build(self, type: Any, step: str | int, value: Any) -> Any:
        """Return the part at a step."""
        return _build(type, value, self.at(step), self.found)

    def at(self, step: str | int) -> str:
        return f"{self.path}.{step}".lstrip(".")


def _container(
    bare: Any, origin: Any, value: list[Any] | dict[str, Any], place: _Place
) -> Any:
    if is_list(value):
        if origin is list:
            inner = get_args(bare)[0]
            return [place.build(inner, at, item) for at, item in enumerate(value)]
        types = get_args(bare)
        if origin is not tuple or len(types) != len(value):
            raise _TooFarError
        items = zip(types, value, strict=True)
        return tuple(place.build(one, at, item) for at, (one, item) in enumerate(items))
    if isclass(origin) and issubclass(origin, BaseModel):
        return _model(origin, value, place)
    if origin is dict:
        inner = get_args(bare)[1]
        return {name: place.build(inner, name, item) for name, item in value.items()}
    raise _TooFarError


def _model(model: type[BaseModel], value: dict[str, Any], place: _Place) -> BaseModel:
    values: dict[str, Any] = {}
    rest = dict(value)
    nulls: dict[str, Any] = {}
    for name, (wire, declared, required) in _declared(model).items():
        if wire in rest and rest[wire] is None and wire in place.refused:
            # The type of an optional field takes null from Python, not from the wire.
            place.found.append(f"{place.at(wire)}: {_NO_NULL}")
            if required:
                values[name] = rest.pop(wire)
            else:
                # As a field it would not be written, for None means absent there.
                nulls[wire] = rest.pop(wire)
        elif wire in rest:
            values[name] = place.build(declared, wire, rest.pop(wire))
        elif required:
            raise _TooFarError
    if rest and model.model_config.get("extra") == "forbid":
        names = ", ".join(sorted(rest)[:5])
        place.found.append(
            f"{place.path or _WHOLE}: properties not in the document: {names}"
        )
    elif (inner := _type_of_extra(model)) is not None:
        rest = {name: place.build(inner, name, item) for name, item in rest.items()}
    made = model.model_construct(_fields_set={*values, *rest}, **values)
    object.__setattr__(made, "__pydantic_extra__", {**rest, **nulls})
    return made


@lru_cache(maxsize=1024)
def _declared(model: type[BaseModel]) -> dict[str, tuple[str, Any, bool]]:
    """Return what each field is on the wire, its type, and whether it is required."""
    fields: dict[str, tuple[str, Any, bool]] = {}
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        declared: Any = field.annotation
        if field.metadata:
            declared = Annotated[declared, *field.metadata]
        wire = alias if isinstance(alias, str) else name
        fields[name] = wire, declared, field.is_required()
    return fields


@lru_cache(maxsize=1024)
def _type_of_extra(model: type[BaseModel]) -> Any:
    """Return the type that a class gives to properties that it does not name."""
    try:
        found = get_annotations(model, eval_str=True)
    except NameError:  # something else in the class is named where it is not known
        return None
    declared = found.get("__pydantic_extra__")
    return None if declared is None else get_args(declared)[1]


def _member(bare: Any, origin: Any, value: Any, place: str, found: list[str]) -> Any:
    """Return the member that deviates least, or the JSON itself where none is known."""
    if origin not in _UNIONS:
        raise _TooFarError
    best: tuple[int, Any, list[str]] | None = None
    known = False
    for member in get_args(bare):
        if not _same_kind(_bare(member), value):
            continue
        known = True
        mine: list[str] = []
        try:
            made = _build(member, value, place, mine)
        except _TooFarError:
            continue
        if _keeps_constants(made) and (best is None or len(mine) < best[0]):
            best = len(mine), made, mine
    if best is not None:
        found += best[2]
        return best[1]
    if not known:
        raise _TooFarError
    found.append(f"{place or _WHOLE}: none of the documented alternatives")
    return value


def _keeps_constants(made: Any) -> bool:
    """Tell whether the constants that tell members apart are those of the member."""
    if not isinstance(made, BaseModel):
        return True
    for name, field in type(made).model_fields.items():
        annotation = _bare(field.annotation)
        constant = get_origin(annotation) is Literal and name in made.model_fields_set
        if constant and vars(made)[name] not in get_args(annotation):
            return False
    return True


def _bare(declared: Any) -> Any:
    """Return a type without metadata, without the names of aliases, without null."""
    if get_origin(declared) is Annotated:
        return _bare(get_args(declared)[0])
    if hasattr(declared, "__value__"):
        return _bare(declared.__value__)
    if get_origin(declared) in _UNIONS and _NULL in get_args(declared):
        members = [member for member in get_args(declared) if member is not _NULL]
        union: Any = members[0]
        for member in members[1:]:
            union = union | member
        return _bare(union)
    return declared


def _same_kind(bare: Any, value: Any) -> bool:
    """Tell whether a JSON value is of the kind of a type, whatever its limits."""
    origin = get_origin(bare) or bare
    if origin in _UNIONS:
        return any(_same_kind(_bare(member), value) for member in get_args(bare))
    if origin is Literal:
        return any(isinstance(value, type(item)) for item in get_args(bare))
    if isinstance(value, bool):
        return origin is bool
    if is_mapping(value):
        return isclass(origin) and issubclass(origin, (BaseModel, dict))
    if is_list(value):
        return origin in (list, tuple)
    if not isclass(origin):
        return False
    if issubclass(origin, (int, float)) and not issubclass(origin, bool):
        return isinstance(value, (int, float))
    if issubclass(origin, Enum) and not issubclass(origin, str):
        return False
    return isinstance(value, str) and not issubclass(
        origin, (bool, BaseModel, list, dict, tuple)
    )


_WHOLE = "(whole value)"
_NO_NULL = "null where none was promised"
_NULL = type(None)
_UNIONS = (Union, UnionType)
