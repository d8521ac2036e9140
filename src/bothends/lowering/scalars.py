"""Booleans, numbers and strings: a flat schema of one of these JSON types to a scalar with its limits."""

from __future__ import annotations

import math
from typing import Any

from bothends.ir.checks import HasFormat
from bothends.ir.types import Limits, Refined, Scalar, ScalarKind, Type
from bothends.lowering.context import Context
from bothends.lowering.keywords import NUMBER_KEYWORDS, STRING_KEYWORDS
from bothends.lowering.scalar_kinds import (
    CHECKED_FORMATS,
    DECIMAL_FORMATS,
    INTEGER_FORMATS,
    STRING_FORMATS,
    asserted_format,
    impossible_format,
)
from bothends.runtime.regex.translation import translate
from bothends.spec.schema import SchemaObject

CONSUMED = NUMBER_KEYWORDS | STRING_KEYWORDS


def scalar(schema: SchemaObject, json_type: str, context: Context) -> Type:
    """Return the scalar of one JSON type; it says all that the keywords of numbers and strings say."""
    match json_type:
        case "boolean":
            return Scalar(ScalarKind.BOOLEAN)
        case "null":
            return Scalar(ScalarKind.NULL)
        case "integer":
            kind = INTEGER_FORMATS.get(asserted_format(schema, context.options), ScalarKind.INTEGER)
            return Scalar(kind, number_limits(schema))
        case "number":
            is_decimal = asserted_format(schema, context.options) in DECIMAL_FORMATS
            return Scalar(ScalarKind.DECIMAL if is_decimal else ScalarKind.NUMBER, number_limits(schema))
        case _:
            return _string(schema, context)


def number_limits(schema: SchemaObject) -> Limits:
    """Return what a schema says of numbers."""
    return Limits(
        minimum=_plain(schema.get("minimum")),
        maximum=_plain(schema.get("maximum")),
        exclusive_minimum=_plain(schema.get("exclusiveMinimum")),
        exclusive_maximum=_plain(schema.get("exclusiveMaximum")),
        multiple_of=_plain(schema.get("multipleOf")),
    )


def string_limits(schema: SchemaObject, context: Context) -> Limits:
    """Return what a schema says of strings, formats other than ``char`` aside."""
    # A ``char`` is one character.
    length = 1 if asserted_format(schema, context.options) == "char" else None
    return Limits(
        min_length=count(schema.get("minLength", length)),
        max_length=count(schema.get("maxLength", length)),
        pattern=valid_pattern(schema, context),
    )


def count(value: Any) -> int | None:
    """Return a length; 2.0 is 2, and 0 at least says nothing."""
    return None if value is None else int(value)


def valid_pattern(schema: SchemaObject, context: Context) -> str | None:
    """Return the pattern of a schema; one that is none is reported and left out."""
    pattern: str | None = schema.get("pattern")
    if pattern is None or check_pattern(pattern, schema, context):
        return pattern
    return None


def check_pattern(pattern: str, schema: SchemaObject, context: Context) -> bool:
    """Tell whether generated code can check a pattern; report it if not, with the reason."""
    found = translate(pattern)
    if found.error is not None:
        message = f"{pattern!r} is not a regular expression of ECMA-262: {found.error}; it was left out"
        context.report.warning("invalid-pattern", message, schema.location)
    elif found.rust is None and found.python is None:
        message = f"{pattern!r} is more than pydantic's engine and Python's can do; it was left out"
        hint = "Python looks behind over a fixed number of characters only; pydantic's engine does not look around"
        context.report.warning("unsupported-construct", message, schema.location, hint)
    elif found.slow:
        message = f"{pattern!r} may keep Python's engine busy for ever over a text made for that; it was left out"
        hint = "pydantic's engine does not look around: without lookaround and references to groups it would do"
        context.report.warning("unsupported-construct", message, schema.location, hint)
    return (found.rust is not None or found.python is not None) and not found.slow


def _string(schema: SchemaObject, context: Context) -> Type:
    if impossible_format(schema):
        message = f"no {schema.get('format')} is as long as the schema demands; its format was left out"
        context.report.warning("impossible-schema", message, schema.location, "correct the format or the length")
    limits = string_limits(schema, context)
    plain = Scalar(string_kind(schema, context), limits)
    name = asserted_format(schema, context.options)
    return Refined(plain, (HasFormat(name),)) if name in CHECKED_FORMATS else plain


def string_kind(schema: SchemaObject, context: Context) -> ScalarKind:
    """Return what kind of string a schema describes."""
    kind = STRING_FORMATS.get(asserted_format(schema, context.options))
    if kind is None and context.options.assume_types:
        kind = _kind_of_content(schema)
    return kind or ScalarKind.STRING


def _kind_of_content(schema: SchemaObject) -> ScalarKind | None:
    encoding = schema.get("contentEncoding", "")
    if encoding in {"base64", "base64url"}:
        return ScalarKind.BYTES if encoding == "base64" else ScalarKind.BASE64URL
    if encoding in {"", "binary"} and schema.get("contentMediaType") == "application/octet-stream":
        return ScalarKind.BINARY
    return ScalarKind.BINARY if encoding == "binary" else None


def _plain(value: float | None) -> float | None:
    """Return a number without a fraction as an integer, where both are the same number."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value
