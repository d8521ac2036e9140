"""Plain data in: how large and how deep it is, held against the limits."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Severity
from bothends.loading.data import is_list, is_mapping
from bothends.loading.places import shorten

_CONTAINERS = (dict, list)


def check_shape(data: Any, limits: Limits, place: Callable[[], Location]) -> None:
    """Raise :class:`DocumentError` where the data, with shared parts counted each time, exceeds a limit.

    ``place`` gives the place to report.
    """
    count = 1
    depth = 0
    level: list[dict[str, Any] | list[Any]] = [data] if is_mapping(data) or is_list(data) else []
    while level:
        depth += 1
        if depth > limits.depth:
            raise too_deep(place(), limits)
        below = list(chain.from_iterable(value.values() if is_mapping(value) else value for value in level))
        count += len(below)
        if count > limits.nodes + limits.alias_nodes:
            raise too_many_values(place(), limits)
        level = [value for value in below if isinstance(value, _CONTAINERS)]


def too_deep(location: Location, limits: Limits) -> DocumentError:
    """Return the error for nesting beyond the limit."""
    message = f"mappings and lists are nested more than {limits.depth} deep"
    hint = "move the inner parts into components and refer to them"
    return DocumentError(Diagnostic("too-deep", Severity.ERROR, message, location, hint))


def too_many_digits(literal: str, location: Location, limits: Limits) -> Diagnostic:
    """Return the error for a number of too many digits."""
    message = f"{shorten(literal)} has more than {limits.digits:,} digits"
    return Diagnostic("too-many-digits", Severity.ERROR, message, location, "quote it if it is meant as text")


def too_many_values(location: Location, limits: Limits) -> DocumentError:
    """Return the error for a document of too many values."""
    message = f"the document holds more than {limits.nodes:,} values"
    return DocumentError(Diagnostic("too-many-values", Severity.ERROR, message, location))
