"""Checks to the expressions that make them, in the words of the runtime's ``checks`` module."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString, Protocol

from bothends.ir import checks as c
from bothends.ir.types import Limits, Type
from bothends.python.code import Code, code, identifier, join, literal
from bothends.runtime.regex.translation import to_searched

_LIMITS = (
    "minimum",
    "maximum",
    "exclusive_minimum",
    "exclusive_maximum",
    "multiple_of",
    "min_length",
    "max_length",
    "pattern",
)


class Writer(Protocol):
    """What is needed of the module that the expression stands in."""

    def call(self, name: LiteralString, arguments: Iterable[Code]) -> Code:
        """Return a call of a function of the runtime's checks."""
        ...

    def checked(self, type_: Type) -> Code:
        """Return the annotation that pydantic validates by."""
        ...

    def named_check(self, anchor: str) -> Code:
        """Return what a declared check is called."""
        ...


def check_call(check: c.Check, writer: Writer) -> Code:
    """Return the expression that makes a check."""
    match check:
        case c.Is(type=type_):
            # Deferred: the expression may stand before the class that it names.
            return writer.call("is_valid", [code("lambda: {}", writer.checked(type_))])
        case c.Recursive(anchor=anchor):
            return writer.call("recursive", [code("lambda: {}", writer.named_check(anchor))])
        case c.HasType(names=names) | c.Required(names=names):
            name: LiteralString = "has_type" if isinstance(check, c.HasType) else "required"
            return writer.call(name, map(literal, names))
        case c.OneOfValues(values=values):
            return writer.call("one_of_values", map(literal, values))
        case c.Within(limits=limits):
            return writer.call("within", _limits(limits))
        case c.HasFormat(name=format_name):
            return writer.call("has_format", [literal(format_name)])
        case c.Count(of=of, minimum=minimum, maximum=maximum):
            return writer.call("count", [literal(of), *_bounds(minimum, maximum)])
        case c.UniqueItems():
            return writer.call("unique_items", ())
        case c.Always():
            return writer.call("always", ())
        case c.Never():
            return writer.call("never", ())
        case c.DependentRequired(names=dependent):
            return writer.call("dependent_required", [literal({name: list(others) for name, others in dependent})])
        case _:
            return _nested(check, writer)


def _nested(check: c.Check, writer: Writer) -> Code:
    def one(inner: c.Check) -> Code:
        return check_call(inner, writer)

    match check:
        case c.AllOf(checks=checks):
            return writer.call("all_of", map(one, checks))
        case c.AnyOf(checks=checks):
            return writer.call("any_of", map(one, checks))
        case c.OneOf(checks=checks):
            return writer.call("one_of", map(one, checks))
        case c.Not(check=inner):
            return writer.call("not_", [one(inner)])
        case c.PropertyNames(check=inner):
            return writer.call("property_names", [one(inner)])
        case c.Contains(check=inner, minimum=minimum, maximum=maximum):
            return writer.call("contains", [one(inner), *_bounds(None if minimum == 1 else minimum, maximum)])
        case c.Items(prefix=prefix, rest=rest):
            return writer.call("items", [*map(one, prefix), *_keyword("rest", rest, writer)])
        case c.Properties(named=named, patterns=patterns, rest=rest):
            translated = tuple(
                (found, inner) for pattern, inner in patterns if (found := to_searched(pattern)) is not None
            )
            arguments = [*_mapping("named", named, writer), *_mapping("patterns", translated, writer)]
            return writer.call("properties", [*arguments, *_keyword("rest", rest, writer)])
        case c.DependentSchemas(checks=dependent):
            return writer.call("dependent_schemas", [_entries(dependent, writer)])
        case c.IfThen(condition=condition, then=then, otherwise=otherwise):
            branches = [*_keyword("then", then, writer), *_keyword("otherwise", otherwise, writer)]
            return writer.call("if_then", [one(condition), *branches])
        case c.Unevaluated(of=of, check=inner, beside=beside):
            return writer.call("unevaluated", [literal(of), one(inner), code("beside={}", one(beside))])
        case _:
            raise TypeError(f"no call for {type(check).__name__}")


def _limits(limits: Limits) -> Iterable[Code]:
    for name in _LIMITS:
        value = getattr(limits, name)
        if name == "pattern" and value is not None:
            value = to_searched(value)
        if value is not None:
            yield code("{}={}", identifier(name), literal(value))


def _bounds(minimum: int | None, maximum: int | None) -> list[Code]:
    least = [] if minimum is None else [code("minimum={}", literal(minimum))]
    return least if maximum is None else [*least, code("maximum={}", literal(maximum))]


def _keyword(name: LiteralString, check: c.Check | None, writer: Writer) -> list[Code]:
    return [] if check is None else [code("{}={}", code(name), check_call(check, writer))]


def _mapping(name: LiteralString, checks: tuple[tuple[str, c.Check], ...], writer: Writer) -> list[Code]:
    return [code("{}={}", code(name), _entries(checks, writer))] if checks else []


def _entries(checks: tuple[tuple[str, c.Check], ...], writer: Writer) -> Code:
    entries = [code("{}: {}", literal(name), check_call(check, writer)) for name, check in checks]
    return code("{{{}}}", join(", ", entries))
