"""Whether a pattern is a regular expression of ECMA-262, and whether a text matches one."""

from __future__ import annotations

import re
from functools import lru_cache

import jsonschema_rs


@lru_cache(maxsize=4096)
def is_pattern(pattern: str) -> bool:
    """Tell whether a pattern can be compiled. Looser than ECMA-262's ``u`` mode, as engines of the web are."""
    return _validator(pattern) is not None or _compiles(pattern)


def matches(pattern: str, text: str) -> bool | None:
    """Tell whether a pattern is found in a text; ``None`` where this cannot be known here."""
    validator = _validator(pattern)
    return None if validator is None else validator.is_valid(text)


@lru_cache(maxsize=4096)
def _validator(pattern: str) -> jsonschema_rs.Draft202012Validator | None:
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (jsonschema_rs.ValidationError, ValueError):
        return None


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        # Braces that count nothing are letters to engines of the web, and a named group is spelled otherwise.
        return _compiles_in_python(pattern.replace("(?<", "(?P<"))
    return True


def _compiles_in_python(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True
