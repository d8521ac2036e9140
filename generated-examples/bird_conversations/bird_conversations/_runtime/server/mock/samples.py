"""Values made from a schema of the served document, the same ones every time.

Comes in: a schema of any dialect of OpenAPI. Goes out: candidates, pleasant ones first;
each satisfies the schema as far as :mod:`holds` reads it. Recursion is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, TypeVar
from zlib import crc32

from ...kinds import is_list, is_mapping
from .flatten import Flattener, Path
from .holds import Rules, Schema, holds, same, types_of
from .merge import merge
from .numbers import numbers
from .patterns import finder, matching
from .texts import texts

T = TypeVar("T")

_IMPLIED = {
    "object": ("properties", "required", "additionalProperties", "patternProperties"),
    "array": ("items", "prefixItems", "minItems", "contains"),
    "string": ("pattern", "minLength", "maxLength", "format"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "multipleOf"),
}


# How many references lead to a value in documents that mean well, at most.
_USUAL = 20


class UnsatisfiableError(Exception):
    """No value could be made."""


class ExhaustedError(Exception):
    """An attempt took too much: no other choice within it is worth another."""


@dataclass
class Effort:
    """How hard one attempt tries.

    Optional properties are made down to the depth ``optional``; ``repeats`` is how
    often a reference may occur within itself. ``words`` limits the whole: beyond it
    only what is required is made, far beyond it the attempt ends.
    """

    attempt: int
    optional: int
    repeats: int
    rules: Rules
    words: int = 2_000
    made: int = field(default=0, init=False)
    followed: int = field(default=0, init=False)

    def spend(self) -> None:
        """Count one value."""
        self.made += 1
        if self.made > self.words * 10:
            raise ExhaustedError

    def follow(self, path: Path) -> None:
        """Count what references were followed to make one value, beyond a usual few."""
        self.followed += max(0, len(path) - _USUAL)
        if self.followed > self.words:
            raise ExhaustedError

    def wants_optional(self, depth: int) -> bool:
        """Tell whether what is not required is made at this depth."""
        return depth < self.optional and self.made < self.words

    def turn(self, options: Sequence[T], at: str) -> list[T]:
        """Return the options, beginning with another one in each later attempt."""
        if self.attempt == 0 or len(options) < 2:
            return list(options)
        start = crc32(f"{self.attempt}/{at}".encode()) % len(options)
        return [*options[start:], *options[:start]]


@dataclass(frozen=True)
class Place:
    """Where a value is made: the references around it, and those it came by itself."""

    word: str
    depth: int = 0
    outer: Path = ()
    inner: Path = ()

    def after(self, path: Path) -> Place:
        """Return the same place once more references were followed."""
        return replace(self, inner=path)

    def below(self, word: str) -> Place:
        """Return the place of a property or item."""
        return Place(word, self.depth + 1, self.inner, self.inner)

    @property
    def key(self) -> str:
        """What tells this place from others when choices are spread."""
        return f"{self.depth}{self.word}"


_EFFORTS = ((0, 5, 0), (0, 0, 0), (1, 2, 0), (2, 1, 1), (3, 0, 1), (4, 2, 1), (5, 1, 2))


class Sampler:
    """Makes values for the schemas of one document; ``seed`` asks for other values."""

    def __init__(self, document: Mapping[str, Any], seed: int = 0) -> None:
        self.flattener = Flattener(document)
        self.resolve = self.flattener.resolve
        self._seed = seed
        self._exact = Rules(self.resolve)
        self._lenient = Rules(self.resolve, lenient=True)

    def candidates(self, schema: Schema, word: str = "string") -> Iterator[Any]:
        """Yield values for the schema, at most a few dozen."""
        seen: list[Any] = []
        rounds = [(self._exact, effort) for effort in _EFFORTS]
        # A union whose members cannot be told apart but by their discriminator.
        rounds += [(self._lenient, effort) for effort in _EFFORTS]
        for rules, (attempt, optional, repeats) in rounds:
            if rules is self._lenient and seen:
                return
            number = attempt + self._seed * len(_EFFORTS)
            effort = Effort(number, optional, repeats, rules)
            try:
                for value in islice(self._values(schema, Place(word), effort), 4):
                    if not any(same(value, other) for other in seen):
                        seen.append(value)
                        yield value
            except (UnsatisfiableError, ExhaustedError, RecursionError):
                continue
            except (AttributeError, KeyError, TypeError, ValueError):
                # A schema with a keyword of the wrong type, which its readers mend.
                return

    def _values(self, schema: Schema, place: Place, effort: Effort) -> Iterator[Any]:
        """Yield values that hold."""
        effort.spend()
        for value in self._guesses(schema, place, effort):
            if holds(value, schema, effort.rules):
                yield value

    def _one(self, schema: Schema, place: Place, effort: Effort) -> Any:
        found = list(
            islice(
                self._values(schema, place, effort),
                3 if effort.attempt else 1,
            )
        )
        if not found:
            raise UnsatisfiableError(place.word)
        return effort.turn(found, place.key)[0]

    def _guesses(self, schema: Schema, place: Place, effort: Effort) -> Iterator[Any]:
        effort.spend()
        flat, alternatives, path = self.flattener.flatten(schema, place.inner)
        effort.follow(path)
        if flat is False or _recurs(place, path, effort):
            return
        if flat is True or not (flat or alternatives):
            yield place.word
            return
        yield from _documented(flat)
        if "const" in flat or "enum" in flat:
            return
        if not alternatives:
            yield from self._plain(flat, place.after(path), effort)
            return
        first, *others = alternatives
        rest = [flat, *({"anyOf": options} for options in others)]
        for option in effort.turn(first, place.key):
            chosen = {"allOf": [*rest, option]}
            with suppress(UnsatisfiableError):
                yield from self._guesses(chosen, place.after(path), effort)

    def _plain(
        self, flat: Mapping[str, Any], place: Place, effort: Effort
    ) -> Iterator[Any]:
        for name in effort.turn(_types(flat), place.key):
            match name:
                case "object":
                    yield from self._objects(flat, place, effort)
                case "array":
                    yield from self._arrays(flat, place, effort)
                case "string" | "file":
                    yield from texts(flat, place.word)
                case "integer" | "number":
                    yield from numbers(flat, whole=name == "integer")
                case "boolean":
                    yield from (True, False)
                case _:
                    yield None

    def _objects(
        self, flat: Mapping[str, Any], place: Place, effort: Effort
    ) -> Iterator[dict[str, Any]]:
        named: Mapping[str, Any] = flat.get("properties", {})
        required = self._required(flat, effort)
        made: dict[str, Any] = {}
        for name in [*named, *(name for name in required if name not in named)]:
            if name not in required and not effort.wants_optional(place.depth):
                continue
            schema = _property_schema(flat, name)
            if self.flattener.hidden(schema) and (
                name not in required or effort.attempt < 3
            ):
                continue
            try:
                made[name] = self._one(schema, place.below(name), effort)
            except UnsatisfiableError:
                if name in required:
                    raise
        self._add(made, flat, place, effort)
        yield _trimmed(made, required, flat)
        if len(made) > len(required):
            yield {name: made[name] for name in made if name in required}

    def _required(self, flat: Mapping[str, Any], effort: Effort) -> set[str]:
        required = set(flat.get("required", ()))
        dependent: Mapping[str, Sequence[str]] = flat.get("dependentRequired", {})
        waiting = list(required)
        while waiting:
            more = [
                name
                for name in dependent.get(waiting.pop(), ())
                if name not in required
            ]
            required.update(more)
            waiting += more
        return required

    def _add(
        self,
        made: dict[str, Any],
        flat: Mapping[str, Any],
        place: Place,
        effort: Effort,
    ) -> None:
        """Add properties without a name, as far as they are needed or pleasant."""
        least = int(flat.get("minProperties", 0))
        rest = flat.get("additionalProperties")
        is_map = not flat.get("properties") and is_mapping(rest)
        wanted = max(least, 1 if is_map and effort.wants_optional(place.depth) else 0)
        for at in range(wanted * 3 + 3 if wanted > len(made) else 0):
            if len(made) >= wanted:
                return
            name = self._key(flat, at, place, effort)
            if name is None or name in made:
                continue
            try:
                schema = _property_schema(flat, name)
                made[name] = self._one(schema, place.below(name), effort)
            except UnsatisfiableError:
                if len(made) < least:
                    raise
                return

    def _key(
        self, flat: Mapping[str, Any], at: int, place: Place, effort: Effort
    ) -> str | None:
        patterns = list(flat.get("patternProperties", {}))
        if patterns and flat.get("additionalProperties", True) is False:
            return matching(patterns[at % len(patterns)], at, 1)
        names = flat.get("propertyNames")
        if is_mapping(names):
            typed = merge({"type": "string"}, names)
            word = "key" if at == 0 else f"key{at + 1}"
            found = list(islice(self._values(typed, place.below(word), effort), at + 1))
            return found[at % len(found)] if found else None
        return "key" if at == 0 else f"key{at + 1}"

    def _arrays(
        self, flat: Mapping[str, Any], place: Place, effort: Effort
    ) -> Iterator[list[Any]]:
        least, most = int(flat.get("minItems", 0)), flat.get("maxItems")
        prefix: Sequence[Schema] = flat.get("prefixItems", ())
        rest: Schema = flat.get("items", True)
        wanted = max(least, 1 if effort.wants_optional(place.depth) else 0)
        contained = int(flat.get("minContains", 1)) if "contains" in flat else 0
        if max(wanted, contained) > effort.words:
            return
        schemas: list[Schema] = [*prefix, *[rest] * max(0, wanted - len(prefix))]
        if contained > 0:
            found = merge(rest, flat["contains"])
            rest_of_them = schemas[len(prefix) + contained :]
            schemas = [*prefix, *[found] * contained, *rest_of_them]
        schemas = schemas[:most]
        made: list[Any] = []
        for schema in schemas:
            try:
                made.append(self._item(schema, made, flat, place, effort))
            except UnsatisfiableError:
                if len(made) < least:
                    raise
                break
        yield made
        if len(made) > least:
            yield made[:least]

    def _item(
        self,
        schema: Schema,
        others: Sequence[Any],
        flat: Mapping[str, Any],
        place: Place,
        effort: Effort,
    ) -> Any:
        if not flat.get("uniqueItems") or not others:
            return self._one(schema, place.below(place.word), effort)
        below = place.below(f"{place.word}{len(others) + 1}")
        for value in islice(self._values(schema, below, effort), 200):
            if not any(same(value, other) for other in others):
                return value
        raise UnsatisfiableError(place.word)


def _recurs(place: Place, path: Path, effort: Effort) -> bool:
    """Tell whether a reference was followed that is open further out."""
    entered = path[len(place.inner) :]
    return any(place.outer.count(step) > effort.repeats for step in entered)


def _documented(schema: Mapping[str, Any]) -> Iterator[Any]:
    if "const" in schema:
        yield schema["const"]
        return
    for key in ("example", "x-example"):
        if key in schema:
            yield schema[key]
    examples = schema.get("examples")
    yield from examples if is_list(examples) else ()
    if "default" in schema:
        yield schema["default"]
    values = schema.get("enum", ())
    yield from (value for value in values if value is not None)
    yield from (value for value in values if value is None)


def _types(schema: Mapping[str, Any]) -> list[str]:
    named = list(types_of(schema))
    if not named:
        named = [
            name
            for name, keys in _IMPLIED.items()
            if any(key in schema for key in keys)
        ] or ["string"]
    return sorted(named, key=lambda name: name == "null")


def _property_schema(flat: Mapping[str, Any], name: str) -> Schema:
    named = flat.get("properties", {})
    parts = [named[name]] if name in named else []
    for pattern, schema in flat.get("patternProperties", {}).items():
        found = finder(pattern)
        if found is not None and found(name):
            parts.append(schema)
    if not parts:
        rest: Schema = flat.get("additionalProperties", True)
        return rest
    return parts[0] if len(parts) == 1 else {"allOf": parts}


def _trimmed(
    made: dict[str, Any], required: set[str], flat: Mapping[str, Any]
) -> dict[str, Any]:
    """Leave out what is not required until no more is left than allowed."""
    most = flat.get("maxProperties")
    dependent = flat.get("dependentRequired", {})
    for name in reversed(list(made)):
        if most is not None and len(made) > most and name not in required:
            del made[name]
    for name in list(made):
        lacking = any(other not in made for other in dependent.get(name, ()))
        if lacking and name not in required:
            del made[name]
    return made
