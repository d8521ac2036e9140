"""Where the inline types of reusable parameters, bodies and responses belong: to these, not to each operation."""

from __future__ import annotations

import re

from bothends.ir.types import TypeId
from bothends.spec.schema import Schema

_STATUS = re.compile(r"[1-5](\d\d|XX)|default", re.IGNORECASE)
_SHARED = re.compile(r"#/(?:components/(?:responses|requestBodies|parameters|headers)|responses|parameters)/[^/]+")


def shared_place(schema: Schema | None, place: TypeId) -> TypeId:
    """Return the place of a schema: the reusable thing that it stands in, else the place of its use."""
    if schema is None:
        return place
    found = _SHARED.match(schema.key)
    anchor = found.group() if found is not None else _elsewhere(schema.key)
    return place if anchor is None else TypeId(anchor)


def _elsewhere(key: str) -> str | None:
    """Return the body or response of another file that a schema stands in, unless an operation there has it alone."""
    file, _, pointer = key.partition("#")
    head, content, media_type = pointer.rpartition("/content/")
    if not file or not content or media_type.partition("/")[2] not in ("schema", "itemSchema"):
        return None
    before, last = ["", *head.split("/")][-2:]
    is_alone = last == "requestBody" or (before == "responses" and _STATUS.fullmatch(last))
    return None if is_alone else f"{file}#{head}"
