"""Patterns that checks search for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pydantic_core import SchemaValidator
from pydantic_core.core_schema import str_schema


@lru_cache(maxsize=1024)
def searcher(pattern: str) -> Callable[[str], bool]:
    r"""Return the function that tells whether a pattern is found in a text.

    The pattern is in Python's spelling. One with properties of Unicode, ``\p{Letter}``,
    which Python does not have, is in that of pydantic's engine.
    """
    try:
        search = re.compile(pattern).search
    except re.error:
        return SchemaValidator(str_schema(pattern=pattern)).isinstance_python
    return lambda text: search(text) is not None
