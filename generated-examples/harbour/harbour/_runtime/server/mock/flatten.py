"""One schema object to fill instead of references, ``allOf`` and conditions.

Comes in: a schema. Goes out: what must hold in any case, merged into one object, and
lists of alternatives of which one each must hold (``oneOf``, ``anyOf``, ``if``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, TypeAlias
from urllib.parse import unquote

from ...kinds import is_list, is_mapping
from .holds import Schema
from .merge import merge
from .wellformed import wellformed

Path: TypeAlias = tuple[str, ...]
Alternatives: TypeAlias = list[list[Schema]]

_COMBINING = (
    "$ref",
    "$dynamicRef",
    "allOf",
    "oneOf",
    "anyOf",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "discriminator",
)


class Flattener:
    """Follows the references of one document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def resolve(self, reference: str) -> Schema:
        """Return what a reference within the document points to."""
        _, _, fragment = reference.partition("#")
        if fragment and not fragment.startswith("/"):
            return self._anchors.get(fragment, True)
        found: Any = self._document
        for step in fragment.split("/")[1:]:
            key = _unescape(step)
            try:
                found = found[int(key)] if is_list(found) else found[key]
            except (KeyError, IndexError, ValueError, TypeError):
                return True
        return found if is_mapping(found) or isinstance(found, bool) else True

    def flatten(
        self, schema: Schema, path: Path = ()
    ) -> tuple[Schema, Alternatives, Path]:
        """Return what always holds, the alternatives, and the references followed."""
        schema = wellformed(schema)
        if isinstance(schema, bool):
            return schema, [], path
        flat: Schema = {}
        alternatives: Alternatives = []
        entered = path
        for part, step in self._parts(schema, path):
            inner, more, after = self.flatten(part, (*path, step) if step else path)
            flat = merge(flat, inner)
            alternatives += more
            entered = (*entered, *after[len(path) :])
        own = {key: value for key, value in schema.items() if key not in _COMBINING}
        flat = merge(flat, own)
        alternatives += self._alternatives(schema)
        inherited = self._inherited(schema, entered)
        return (
            merge(flat, inherited) if is_mapping(inherited) else flat,
            alternatives + (inherited if is_list(inherited) else []),
            entered,
        )

    def hidden(self, schema: Schema) -> bool:
        """Tell whether a property never comes back in an answer."""
        flat, _, _ = self.flatten(schema)
        return is_mapping(flat) and flat.get("writeOnly") is True

    def _parts(
        self, schema: Mapping[str, Any], path: Path
    ) -> Iterator[tuple[Schema, str]]:
        for key in ("$ref", "$dynamicRef"):
            if key in schema:
                yield self.resolve(schema[key]), schema[key]
        for part in schema.get("allOf", ()):
            yield part, ""

    def _alternatives(self, schema: Mapping[str, Any]) -> Alternatives:
        found: Alternatives = []
        for key in ("oneOf", "anyOf"):
            if key in schema:
                discriminator = _discriminator(schema.get("discriminator"))
                options = [self._selected(part, discriminator) for part in schema[key]]
                found.append(sorted(options, key=_is_null))
        if "if" in schema:
            condition = {"allOf": [schema["if"], schema.get("then", True)]}
            found.append([condition, schema.get("else", True)])
        for name, part in schema.get("dependentSchemas", {}).items():
            absent = {"properties": {name: False}}
            found.append([{"required": [name], "allOf": [part]}, absent])
        return found

    def _selected(self, part: Schema, found: Mapping[str, Any] | None) -> Schema:
        """Return a member of a union together with the value that selects it.

        Where the document names none and the member has its own, that is the one.
        """
        if found is None or not is_mapping(part) or "$ref" not in part:
            return part
        wire = found["propertyName"]
        value, is_named = _value(found, part["$ref"])
        own = self._declared(part, wire)
        if not is_named and not all(_allows(schema, value) for schema in own):
            return {"allOf": [part, {"required": [wire]}]}
        return {"allOf": [part, _constant(found, part["$ref"])]}

    def _declared(
        self, schema: Schema, name: str, depth: int = 8
    ) -> Iterator[Mapping[str, Any]]:
        """Yield what a schema and its parts say of a property."""
        if not is_mapping(schema) or depth == 0:
            return
        found = schema.get("properties", {}).get(name)
        if is_mapping(found):
            yield found
            for part, _ in self._parts(found, ()):
                if is_mapping(part):
                    yield part
        for part, _ in self._parts(schema, ()):
            yield from self._declared(part, name, depth - 1)

    def _inherited(
        self, schema: Mapping[str, Any], path: Path
    ) -> Alternatives | Mapping[str, Any]:
        """Return the heirs of a schema that has a discriminator but names none.

        Within an heir: the value of the property that selects it.
        """
        discriminator = _discriminator(schema.get("discriminator"))
        if discriminator is None or "oneOf" in schema or "anyOf" in schema:
            return []
        heirs = self._heirs.get(path[-1], ()) if path else ()
        for step in reversed(path[:-1]):
            if step in heirs:
                return _constant(discriminator, step)
        options: list[Schema] = [{"$ref": heir} for heir in heirs]
        return [options] if options else []

    @cached_property
    def _heirs(self) -> Mapping[str, tuple[str, ...]]:
        """For each component, the components that name it in their ``allOf``."""
        found: dict[str, tuple[str, ...]] = {}
        for base, schemas in self._components():
            for name, schema in schemas.items():
                parts = schema.get("allOf", ()) if is_mapping(schema) else ()
                for part in parts:
                    if is_mapping(part) and "$ref" in part:
                        heir = f"{base}/{_escape(name)}"
                        found[part["$ref"]] = (*found.get(part["$ref"], ()), heir)
        return found

    def _components(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        yield (
            "#/components/schemas",
            self._document.get("components", {}).get("schemas", {}),
        )
        yield "#/definitions", self._document.get("definitions", {})

    @cached_property
    def _anchors(self) -> Mapping[str, Schema]:
        found: dict[str, Schema] = {}
        waiting: list[Any] = [self._document]
        while waiting:
            value = waiting.pop()
            if is_mapping(value):
                for key in ("$anchor", "$dynamicAnchor"):
                    if isinstance(value.get(key), str):
                        found.setdefault(value[key], value)
                waiting += value.values()
            elif is_list(value):
                waiting += value
        return found


def _is_null(schema: Schema) -> bool:
    return is_mapping(schema) and schema.get("type") == "null"


def _constant(discriminator: Mapping[str, Any], reference: str) -> Mapping[str, Any]:
    value, _ = _value(discriminator, reference)
    wire = discriminator["propertyName"]
    return {"properties": {wire: {"const": value}}, "required": [wire]}


def _value(discriminator: Mapping[str, Any], reference: str) -> tuple[str, bool]:
    """Return the value that selects a schema, and whether the document names it."""
    name = _unescape(reference.rpartition("/")[2])
    for key, target in discriminator.get("mapping", {}).items():
        if target in (reference, name):
            return key, True
    return name, False


def _allows(schema: Mapping[str, Any], value: str) -> bool:
    return value in schema.get("enum", (value,)) and schema.get("const", value) == value


def _discriminator(value: Any) -> Mapping[str, Any] | None:
    if isinstance(value, str):
        return {"propertyName": value}
    return value if is_mapping(value) and "propertyName" in value else None


def _unescape(step: str) -> str:
    return unquote(step).replace("~1", "/").replace("~0", "~")


def _escape(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
