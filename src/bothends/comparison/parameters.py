"""Compares parameters, and the headers of responses."""

from __future__ import annotations

from collections.abc import Iterable

from bothends.comparison.collect import Collector, Part
from bothends.comparison.matching import matched
from bothends.comparison.views import may_be_structured
from bothends.lowering.context import Context
from bothends.spec.objects import Parameter
from bothends.spec.schema import BooleanSchema, Schema


def compare_parameters(
    old: Iterable[Parameter], new: Iterable[Parameter], renamed: dict[str, str], part: Part, to: Collector
) -> None:
    """Compare the parameters of an operation. ``renamed`` maps old names of path parameters to new ones."""
    before = {(one.place, renamed.get(one.name, one.name) if one.place == "path" else one.name): one for one in old}
    after = {(one.place, one.name): one for one in new}
    found = matched(before, after)
    for one in found.removed:
        to.change("parameter-removed", _part(part, one), "was removed", one.location)
    for one in found.added:
        rule = "required-parameter-added" if one.required else "parameter-added"
        message = "was added (required)" if one.required else "was added"
        to.change(rule, _part(part, one), message, None, one.location)
    for one, other in found.kept:
        _parameter(one, other, _part(part, other), to)


def compare_headers(old: Iterable[Parameter], new: Iterable[Parameter], part: Part, to: Collector) -> None:
    """Compare the headers of a response."""
    found = matched(*({one.name.lower(): one for one in headers} for headers in (old, new)))
    for one in found.removed:
        rule = "required-header-removed" if one.required else "header-removed"
        to.change(rule, _header(part, one), "was removed", one.location)
    for one in found.added:
        rule = "required-header-added" if one.required else "header-added"
        to.change(rule, _header(part, one), "was added", None, one.location)
    for one, other in found.kept:
        inner = _header(part, other)
        if one.required != other.required:
            word = "required" if other.required else "optional"
            to.change(f"header-became-{word}", inner, f"became {word}", one.location, other.location)
        to.schemas(_schema(one), _schema(other), inner)


def _part(part: Part, parameter: Parameter) -> Part:
    return Part(part.operation, f"{parameter.place} parameter {parameter.name}", part.flow)


def _header(part: Part, header: Parameter) -> Part:
    return Part(part.operation, f"{part.name} header {header.name}", part.flow)


def _parameter(old: Parameter, new: Parameter, part: Part, to: Collector) -> None:
    if old.required != new.required:
        word = "required" if new.required else "optional"
        to.change(f"parameter-became-{word}", part, f"became {word}", old.location, new.location)
    if new.deprecated and not old.deprecated:
        to.change("parameter-deprecated", part, "is deprecated", old.location, new.location)
    before, after = _coding(old, to.old), _coding(new, to.new)
    if before != after:
        message = f"was coded as {before}, is coded as {after}"
        to.change("parameter-coding-changed", part, message, old.location, new.location)
    to.schemas(_schema(old), _schema(new), part)


def _coding(parameter: Parameter, context: Context) -> str:
    if parameter.content is not None:
        return parameter.content.media_type
    # One plain value looks the same in these, exploded or not.
    is_alike = parameter.style in ("form", "simple") and not may_be_structured(_schema(parameter), context)
    return f"style {parameter.style}" + (" exploded" if parameter.explode or is_alike else "")


def _schema(parameter: Parameter) -> Schema:
    found = parameter.content.schema if parameter.content else parameter.schema
    return found if found is not None else BooleanSchema("", parameter.location, True)
