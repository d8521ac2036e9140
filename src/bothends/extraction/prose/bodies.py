"""Fields and samples in, the schema of an object out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bothends.extraction.plain import is_list, is_mapping
from bothends.extraction.prose.fields import Field
from bothends.extraction.prose.samples import sample_schema

_STEP = re.compile(r"\[\]|\[(\w+)\]|[^.\[\]]+")
_LARGEST_EXAMPLE = 4000
# What is nested deeper stands beside what it is in.
_DEEPEST = 40


@dataclass(slots=True)
class _Node:
    one: Field
    inner: dict[str, _Node] = field(default_factory=dict[str, "_Node"])


def body_schema(fields: Sequence[Field], sample: Any, required: Sequence[str] = ()) -> dict[str, Any]:
    """Return the schema of a body: what its fields say, and what a sample shows beyond that."""
    shown = sample_schema(sample) if sample is not None else {}
    if not fields:
        return _with_required(shown, required)
    root = _tree(fields)
    if set(root.inner) == {"root"} or set(root.inner) == {"$"}:
        root = next(iter(root.inner.values()))
    target = shown.get("items", {}) if shown.get("type") == "array" else shown
    wrapped = _wrapper(target, root)
    schema = _schema(root, wrapped[1] if wrapped else target)
    if wrapped:
        schema = {**target, "properties": {**target["properties"], wrapped[0]: schema}}
    schema = _with_required(schema, required)
    return {"type": "array", "items": schema} if shown.get("type") == "array" else schema


def example_of(sample: Any) -> dict[str, Any]:
    """Return the members that show a sample: none where it is too large to be read."""
    return {"example": sample} if sample is not None and len(repr(sample)) <= _LARGEST_EXAMPLE else {}


def _wrapper(shown: dict[str, Any], root: _Node) -> tuple[str, dict[str, Any]] | None:
    """Return the only property of a sample, where the fields are those of the object in it: ``{"user": {...}}``."""
    properties = shown.get("properties", {})
    names = set(root.inner)
    if len(properties) != 1 or not names or names & set(properties):
        return None
    ((name, inner),) = properties.items()
    return (name, inner) if names & set(inner.get("properties", {})) else None


def _tree(fields: Sequence[Field]) -> _Node:
    root = _Node(Field(""))
    stack: list[tuple[int, _Node]] = [(-1, root)]
    for one in fields:
        while stack[-1][0] >= one.depth or len(stack) > _DEEPEST:
            stack.pop()
        parent = stack[-1][1]
        if one.name.endswith("[]"):
            listed = one.schema.get("type") == "array"
            one = replace(one, name=one.name[:-2], schema=one.schema if listed else _listed(one.schema))
        steps = [found[1] or found[0] for found in _STEP.finditer(one.name)][:_DEEPEST]
        node = parent
        for number, step in enumerate(steps):
            is_last = number == len(steps) - 1
            if step in ("[]", "*"):
                node.one = replace(node.one, schema=_listed(node.one.schema))
                continue
            known = node.inner.get(step)
            if known is None:
                known = node.inner[step] = _Node(replace(one, name=step) if is_last else Field(step))
            elif is_last and not known.one.description and not known.one.schema:
                known.one = replace(one, name=step)
            node = known
        if node is not root:
            stack.append((one.depth, node))
    return root


def _listed(schema: dict[str, Any]) -> dict[str, Any]:
    return schema if schema.get("type") == "array" else {"type": "array", "items": schema}


def _schema(node: _Node, shown: dict[str, Any]) -> dict[str, Any]:
    schema = dict(node.one.schema)
    is_array = schema.get("type") == "array" or (shown.get("type") == "array" and not schema)
    if node.inner:
        inner_shown = shown.get("items", {}) if is_array else shown
        properties = dict(inner_shown.get("properties", {}))
        members = {name: _schema(inner, properties.get(name, {})) for name, inner in node.inner.items()}
        # Fields come in their own order; what only the sample shows stands behind them.
        held: dict[str, Any] = {"type": "object", "properties": {**members, **_missing(properties, members)}}
        required = [name for name, inner in node.inner.items() if inner.one.required]
        if required:
            held["required"] = required
        schema = {"type": "array", "items": held} if is_array else {**schema, **held}
    elif not schema or (schema.get("type") in ("object", "array") and shown.get("type") == schema.get("type")):
        items = schema.get("items")
        schema = {**shown, **{key: value for key, value in schema.items() if key != "items" or not shown.get("items")}}
        if items and not schema.get("items"):
            schema["items"] = items
    if node.one.description:
        schema["description"] = node.one.description
    return schema


def _missing(properties: dict[str, Any], members: dict[str, Any]) -> dict[str, Any]:
    return {name: schema for name, schema in properties.items() if name not in members}


def _with_required(schema: dict[str, Any], required: Sequence[str]) -> dict[str, Any]:
    """Mark properties that the page lists as required; where a body has one wrapper, those inside it."""
    properties = schema.get("properties")
    if not required or not is_mapping(properties):
        return schema
    known = [name for name in dict.fromkeys(required) if name in properties]
    if not known and len(properties) == 1:
        ((name, inner),) = properties.items()
        return (
            {**schema, "properties": {name: _with_required(inner, required)}, "required": [name]} if inner else schema
        )
    named = schema.get("required", [])
    known = [*(named if is_list(named) else []), *(name for name in known if name not in named)]
    return {**schema, "required": known} if known else schema
