"""Where the inline types of reusable parameters, bodies and responses belong: to these, not to each operation."""

from __future__ import annotations

import re

from bothends.ir.types import TypeId
from bothends.spec.schema import Schema

_SHARED = re.compile(r"#/(?:components/(?:responses|requestBodies|parameters|headers)|responses|parameters)/[^/]+")


def shared_place(schema: Schema | None, place: TypeId) -> TypeId:
    """Return the place of a schema: the reusable thing that it stands in, else the place of its use."""
    found = _SHARED.match(schema.key) if schema is not None else None
    return place if found is None else TypeId(found.group())
