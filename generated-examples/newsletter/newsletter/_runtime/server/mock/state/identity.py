"""What names a resource: which of its properties, and new values for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from ....kinds import is_dict
from ..patterns import matching

_USUAL = ("id", "uuid", "key", "name", "reference", "number", "code", "slug")
_DIGITS = re.compile(r"\d+(?=\D*$)")
_TRIES = 50


def id_names(slot: str, linked: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names that the property may have, likely ones first.

    ``linked`` are those that links of the document name.
    """
    ends = [name for name in _USUAL if slot.lower().endswith(name)]
    return tuple(dict.fromkeys([*linked, *([slot] if slot else []), *ends, *_USUAL]))


def located(value: Any, names: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """Return where an object with one of these properties is, and which it has.

    The value itself counts, and objects that it holds directly or one level down.
    """
    level: list[tuple[tuple[str, ...], Any]] = [((), value)]
    for _ in range(3):
        for path, one in level:
            if is_dict(one):
                for name in names:
                    if isinstance(one.get(name), str | int):
                        return path, name
        level = [
            ((*path, key), inner)
            for path, one in level
            if is_dict(one)
            for key, inner in one.items()
        ]
    return None


def new_ids(sample: Any, schema: Mapping[str, Any], number: int) -> Iterator[str | int]:
    """Yield ids that resemble a sample, others for each number."""
    for turn in range(_TRIES):
        at = number + turn
        if isinstance(sample, int):
            yield at
            continue
        if _is_uuid(sample):
            yield str(uuid5(NAMESPACE_URL, str(at)))
            continue
        pattern = schema.get("pattern")
        made = matching(pattern, at, 1) if isinstance(pattern, str) else None
        yield from filter(None, (_counted(str(sample), at), made))
        yield from (f"{sample}-{at}", f"{sample}{at}", str(at))


def _is_uuid(sample: Any) -> bool:
    try:
        return str(UUID(sample)) == str(sample).lower()
    except (ValueError, AttributeError, TypeError):
        return False


def _counted(sample: str, number: int) -> str:
    """Return the sample with its last number counted on."""

    def counted(found: re.Match[str]) -> str:
        digits = found.group()
        return str((int(digits) + number) % 10 ** len(digits)).zfill(len(digits))

    return _DIGITS.sub(counted, sample) if len(sample) < 200 else ""
