"""What the intermediate model means, said a second time and plainly: whether a JSON value is of a type.

Independent of pydantic and of the runtime, so that a wrong answer is the fault of lowering alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import jsonschema_rs

from bothends.ir import checks as c
from bothends.ir import types as t
from bothends.ir.api import Api
from bothends.ir.declarations import Alias, Closed, Enumeration, Record, Typed
from bothends.ir.types import ScalarKind

_PYTHON = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _is_number(value) and value == math.floor(value) if _finite(value) else False,
    "number": lambda value: _is_number(value),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
_STRINGS = (
    set(ScalarKind)
    - t.INTEGERS
    - {
        ScalarKind.BOOLEAN,
        ScalarKind.NUMBER,
        ScalarKind.DECIMAL,
        ScalarKind.NULL,
    }
)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _finite(value: Any) -> bool:
    return _is_number(value) and math.isfinite(value)


def equal(one: Any, two: Any) -> bool:
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(equal, one, two))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(equal(one[key], two[key]) for key in one)
    return bool(one == two)


class Interpreter:
    def __init__(self, api: Api, *, formats: bool = False) -> None:
        self.declarations = {declaration.id: declaration for declaration in api.declarations}
        self.checks = {check.anchor: check.check for check in api.checks}
        self.formats = formats

    def accepts(self, type_: t.Type, value: Any) -> bool:
        match type_:
            case t.Anything():
                return True
            case t.Nothing():
                return False
            case t.Scalar(kind=kind, limits=limits):
                return self.scalar(kind, limits, value)
            case t.Const(values=values):
                return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in values)
            case t.ListOf(item=item, limits=limits):
                return (
                    isinstance(value, list) and self.sized(value, limits) and all(self.accepts(item, v) for v in value)
                )
            case t.TupleOf(items=items):
                return (
                    isinstance(value, list)
                    and len(value) == len(items)
                    and all(self.accepts(item, v) for item, v in zip(items, value, strict=True))
                )
            case t.MapOf(value=inner, key=key, limits=limits):
                return (
                    isinstance(value, dict)
                    and self.sized(value, limits)
                    and all(self.accepts(inner, v) for v in value.values())
                    and (key is None or all(self.accepts(key, name) for name in value))
                )
            case t.UnionOf(members=members, tag=tag):
                return self.union(members, tag, value)
            case t.Nullable(inner=inner):
                return value is None or self.accepts(inner, value)
            case t.Refined(inner=inner, checks=checks):
                return self.accepts(inner, value) and all(self.holds(check, value) for check in checks)
            case t.Named(id=id):
                return self.named(id, value)

    def named(self, id: t.TypeId, value: Any) -> bool:
        match self.declarations[id]:
            case Alias(type=type_):
                return self.accepts(type_, value)
            case Enumeration(members=members):
                return any(equal(member.value, value) for member in members)
            case Record() as record:
                return self.record(record, value)

    def record(self, record: Record, value: Any) -> bool:
        if not isinstance(value, dict):
            return False
        for field in record.fields:
            if field.wire not in value:
                if field.required:
                    return False
            elif not self.accepts(field.type, value[field.wire]):
                return False
        others = [inner for name, inner in value.items() if name not in {field.wire for field in record.fields}]
        if isinstance(record.extra, Closed) and others:
            return False
        if isinstance(record.extra, Typed) and not all(self.accepts(record.extra.type, inner) for inner in others):
            return False
        return all(self.holds(check, value) for check in record.checks)

    def union(self, members: tuple[t.Type, ...], tag: t.Tag | None, value: Any) -> bool:
        if tag is None:
            return any(self.accepts(member, value) for member in members)
        chosen = dict(tag.cases).get(value.get(tag.wire)) if isinstance(value, dict) else None
        return chosen is not None and self.accepts(t.Named(chosen), value)

    def scalar(self, kind: ScalarKind, limits: t.Limits, value: Any) -> bool:
        if kind in _STRINGS:
            return isinstance(value, str) and self.within(limits, value) and self.formatted(kind.value, value)
        if kind in t.WIDTHS:
            low, high = t.WIDTHS[kind]
            return _PYTHON["integer"](value) and low <= value <= high and self.within(limits, value)
        name = "number" if kind is ScalarKind.DECIMAL else kind.value
        return _PYTHON[name](value) and self.within(limits, value)

    def formatted(self, name: str, value: str) -> bool:
        if not self.formats or name in {"string", "bytes", "binary"}:
            return True
        return jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True).is_valid(value)

    def sized(self, value: list[Any] | dict[str, Any], limits: t.Limits) -> bool:
        return (limits.min_length or 0) <= len(value) <= (math.inf if limits.max_length is None else limits.max_length)

    def within(self, limits: t.Limits, value: Any) -> bool:
        if isinstance(value, str):
            if (
                not (limits.min_length or 0)
                <= len(value)
                <= (math.inf if limits.max_length is None else limits.max_length)
            ):
                return False
            return limits.pattern is None or matches(limits.pattern, value)
        if not _is_number(value):
            return True
        least, most = limits.minimum, limits.maximum
        if (least is not None and value < least) or (most is not None and value > most):
            return False
        above, below = limits.exclusive_minimum, limits.exclusive_maximum
        if (above is not None and value <= above) or (below is not None and value >= below):
            return False
        factor = limits.multiple_of
        return factor is None or (Fraction(str(value)) / Fraction(str(factor))).denominator == 1

    def holds(self, check: c.Check, value: Any) -> bool:
        return self.evaluate(check, value) is not None

    def evaluate(self, check: c.Check, value: Any) -> set[str | int] | None:
        """Return what was evaluated of a valid value (names or places), None for an invalid one."""
        match check:
            case c.AllOf(checks=checks):
                return self.every(checks, value)
            case c.AnyOf(checks=checks):
                found = [one for one in (self.evaluate(inner, value) for inner in checks) if one is not None]
                return set[str | int]().union(*found) if found else None
            case c.OneOf(checks=checks):
                found = [one for one in (self.evaluate(inner, value) for inner in checks) if one is not None]
                return found[0] if len(found) == 1 else None
            case c.IfThen(condition=condition, then=then, otherwise=otherwise):
                first = self.evaluate(condition, value)
                branch = then if first is not None else otherwise
                second = self.evaluate(branch, value) if branch is not None else set[str | int]()
                return None if second is None else second | (first or set())
            case c.Recursive(anchor=anchor):
                return self.evaluate(self.checks[anchor], value)
            case c.DependentSchemas(checks=pairs):
                present = [inner for name, inner in pairs if isinstance(value, dict) and name in value]
                return self.every(tuple(present), value)
            case c.Unevaluated(of=of, check=inner, beside=beside):
                return self.unevaluated(of, inner, beside, value)
            case c.Properties() | c.Items() | c.Contains():
                return self.children(check, value)
            case _:
                return set() if self.plain(check, value) else None

    def every(self, checks: tuple[c.Check, ...], value: Any) -> set[str | int] | None:
        found: set[str | int] = set()
        for inner in checks:
            one = self.evaluate(inner, value)
            if one is None:
                return None
            found |= one
        return found

    def unevaluated(self, of: str, check: c.Check, beside: c.Check, value: Any) -> set[str | int] | None:
        evaluated = self.evaluate(beside, value)
        if evaluated is None:
            return None
        if of == "properties" and isinstance(value, dict):
            left: dict[Any, Any] = {name: inner for name, inner in value.items() if name not in evaluated}
        elif of == "items" and isinstance(value, list):
            left = {index: inner for index, inner in enumerate(value) if index not in evaluated}
        else:
            return evaluated
        return evaluated | set(left) if all(self.holds(check, inner) for inner in left.values()) else None

    def children(self, check: c.Check, value: Any) -> set[str | int] | None:
        pairs: Iterator[tuple[str | int, Any, c.Check]]
        match check:
            case c.Properties() if isinstance(value, dict):
                pairs = self.properties(check, value)
            case c.Items(prefix=prefix, rest=rest) if isinstance(value, list):
                full = (*prefix, *([rest] * max(0, len(value) - len(prefix)) if rest is not None else []))
                pairs = iter([(index, inner, one) for index, (inner, one) in enumerate(zip(value, full, strict=False))])
            case c.Contains(check=inner, minimum=minimum, maximum=maximum) if isinstance(value, list):
                found = {index for index, one in enumerate(value) if self.holds(inner, one)}
                enough = minimum <= len(found) <= (math.inf if maximum is None else maximum)
                return set(found) if enough else None
            case _:
                return set()
        evaluated: set[str | int] = set()
        for place, inner_value, one in pairs:
            if not self.holds(one, inner_value):
                return None
            evaluated.add(place)
        return evaluated

    def properties(self, check: c.Properties, value: dict[str, Any]) -> Iterator[tuple[str, Any, c.Check]]:
        named = dict(check.named)
        for name, inner in value.items():
            found = [named[name]] if name in named else []
            found += [one for pattern, one in check.patterns if matches(pattern, name)]
            if not found and check.rest is not None:
                found = [check.rest]
            yield from ((name, inner, one) for one in found)

    def plain(self, check: c.Check, value: Any) -> bool:
        match check:
            case c.Is(type=type_):
                return self.accepts(type_, value)
            case c.HasType(names=names):
                return any(_PYTHON[name](value) for name in names)
            case c.OneOfValues(values=values):
                return any(equal(value, other) for other in values)
            case c.Within(limits=limits):
                return self.within(limits, value)
            case c.HasFormat(name=name):
                return not isinstance(value, str) or self.formatted(name, value)
            case c.Count(of=of, minimum=minimum, maximum=maximum):
                if not isinstance(value, list if of == "items" else dict):
                    return True
                return (minimum or 0) <= len(value) <= (math.inf if maximum is None else maximum)
            case c.UniqueItems():
                return not isinstance(value, list) or not any(
                    equal(one, two) for index, one in enumerate(value) for two in value[:index]
                )
            case c.PropertyNames(check=inner):
                return not isinstance(value, dict) or all(self.holds(inner, name) for name in value)
            case c.Required(names=names):
                return not isinstance(value, dict) or all(name in value for name in names)
            case c.DependentRequired(names=pairs):
                return not isinstance(value, dict) or all(
                    other in value for name, others in pairs if name in value for other in others
                )
            case c.Not(check=inner):
                return not self.holds(inner, value)
            case c.Always():
                return True
            case _:
                return False


def matches(pattern: str, text: str) -> bool:
    return bool(jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid(text))


Accepts = Callable[[Any], bool]
