"""Whether a text matches a pattern of ECMA-262, as far as that can be known here."""

from __future__ import annotations

from functools import lru_cache

import jsonschema_rs


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
