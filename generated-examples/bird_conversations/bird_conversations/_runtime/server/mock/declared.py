"""Values of a type, made from what pydantic says of it.

Comes in: the declared type of a body. Goes out: candidates. The second source, for what
the document spells in a way that only reading it has mended, or keeps elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.errors import PydanticUndefinedAnnotation, PydanticUserError

from ...adapters import adapter
from .samples import Sampler

_INDESCRIBABLE = (
    PydanticUndefinedAnnotation,
    PydanticUserError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def declared_candidates(type_: Any, word: str = "string") -> Iterator[Any]:
    """Yield candidates; none where pydantic cannot describe the type."""
    try:
        schema = adapter(type_).json_schema()
    except _INDESCRIBABLE:
        return
    yield from Sampler(schema).candidates(schema, word)
