"""Instances to judge: values made from a schema, most of them valid, and values that were changed a little."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

_TEXTS = {
    "date": "2024-05-01",
    "date-time": "2024-05-01T12:30:00Z",
    "time": "12:30:00Z",
    "duration": "P1DT12H",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "uri": "https://example.com/a",
    "email": "a@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "AP8=",
}
_ODD: tuple[Any, ...] = (None, True, False, 0, 1, -1, 1.5, 2.0, 2**40, "", "x", "2024-02-30", [], {}, [None], {"a": 1})
_DEPTH = 6


class Maker:
    """Makes values of schemas. The same random numbers make the same values."""

    def __init__(self, schemas: dict[str, Any], random: Random) -> None:
        self.schemas = schemas
        self.random = random

    def value(self, schema: Any, depth: int = 0) -> Any:
        """Return a value that is likely to satisfy a schema."""
        if not isinstance(schema, dict) or not schema:
            return self.random.choice(_ODD)
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            return self.value(self.merged([self.schemas.get(name, {}), beside]), depth + 1)
        if "allOf" in schema:
            beside = {key: value for key, value in schema.items() if key != "allOf"}
            return self.value(self.merged([*schema["allOf"], beside]), depth)
        for union in ("oneOf", "anyOf"):
            if union in schema:
                beside = {key: value for key, value in schema.items() if key != union}
                return self.value(self.merged([self.random.choice(schema[union]), beside]), depth)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        return self.of_type(schema, depth)

    def merged(self, parts: list[Any]) -> dict[str, Any]:
        """Return several schemas as one, roughly."""
        found: dict[str, Any] = {}
        for part in parts:
            whole = self.schemas.get(part["$ref"].rpartition("/")[2], {}) if "$ref" in part else part
            whole = self.merged(whole["allOf"]) | whole if "allOf" in whole else whole
            for key, value in whole.items():
                if key == "properties":
                    found[key] = {**found.get(key, {}), **value}
                elif key == "required":
                    found[key] = [*found.get(key, ()), *value]
                elif key != "allOf":
                    found[key] = value
        return found

    def of_type(self, schema: dict[str, Any], depth: int) -> Any:
        types = schema.get("type", "object" if "properties" in schema else "string")
        type_ = types if isinstance(types, str) else self.random.choice(types)
        match type_:
            case "object":
                return self.object(schema, depth)
            case "array":
                return self.array(schema, depth)
            case "string":
                return self.text(schema)
            case "integer" | "number":
                return self.number(schema, type_)
            case "boolean":
                return self.random.random() < 0.5
            case _:
                return None

    def object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        required = set(schema.get("required", ()))
        some = self.random.random()
        made = {
            name: self.value(part, depth + 1)
            for name, part in schema.get("properties", {}).items()
            if name in required or (depth < _DEPTH and self.random.random() < some)
        }
        made |= dict.fromkeys(sorted(required - made.keys()), "x")
        rest = schema.get("additionalProperties", True)
        if rest is not False and self.random.random() < 0.3 and depth < _DEPTH:
            made["extra"] = self.value(rest, depth + 1)
        return made

    def array(self, schema: dict[str, Any], depth: int) -> list[Any]:
        low = schema.get("minItems", 0)
        count = low if depth >= _DEPTH else low + self.random.randrange(3)
        count = min(count, schema.get("maxItems", count))
        prefix = [self.value(part, depth + 1) for part in schema.get("prefixItems", ())]
        return (prefix + [self.value(schema.get("items", {}), depth + 1) for _ in range(count)])[
            : max(count, len(prefix))
        ]

    def text(self, schema: dict[str, Any]) -> str:
        known = _TEXTS.get(schema.get("format", ""))
        if known is not None:
            return known
        low = schema.get("minLength", 0)
        text = self.random.choice(["abc", "Hello, wörld", "a1-b2", "12345", "x"])
        return text.ljust(low, "a")[: schema.get("maxLength", 1000)]

    def number(self, schema: dict[str, Any], type_: str) -> float:
        low = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        high = schema.get("maximum", low + 100)
        found = self.random.choice([low, high, min(low + 3, high)])
        return found if type_ == "integer" or self.random.random() < 0.5 else found + 0.5

    def changed(self, value: Any) -> Any:
        """Return a copy with one thing changed: left out, put in, made null, or of another kind."""
        made = copy.deepcopy(value)
        places = list(_places(made))
        if not places:
            return self.random.choice(_ODD)
        holder, key = self.random.choice(places)
        match self.random.randrange(5):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder["unheard-of"] = self.random.choice(_ODD)
            case 1:
                holder.append(copy.deepcopy(holder[key]))
            case 2:
                holder[key] = None
            case 3 if isinstance(holder[key], str):
                holder[key] = self.random.choice([f"{holder[key]}x", holder[key].upper(), holder[key][:-1]])
            case 3 if isinstance(holder[key], int) and abs(holder[key]) < 2**53 and not isinstance(holder[key], bool):
                number = holder[key]
                holder[key] = self.random.choice([float(number), -number, number + 0.5, str(number)])
            case _:
                holder[key] = copy.deepcopy(self.random.choice(_ODD))
        return made


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        yield value, key
        yield from _places(item)
