"""Patterns that checks search for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator
from pydantic_core.core_schema import str_schema


@lru_cache(maxsize=1024)
def searcher(pattern: str) -> Callable[[str], bool]:
    """Return the function that tells whether a pattern is found in a text.

    pydantic's engine searches, whose time is linear, or Python's for what that cannot
    do: lookaround and references to groups.
    """
    try:
        return SchemaValidator(str_schema(pattern=pattern)).isinstance_python
    except SchemaError:
        search = re.compile(pattern).search
    return lambda text: search(text) is not None
