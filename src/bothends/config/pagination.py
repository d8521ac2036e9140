"""What a user says about pages that a document leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from bothends.config.kinds import is_table

Kind: TypeAlias = Literal["cursor", "page", "offset", "link"]

KINDS: Final[tuple[Kind, ...]] = ("cursor", "page", "offset", "link")
_TEXTS: Final = ("kind", "parameter", "items", "next", "last", "more", "total", "current")
_KEYS: Final = (*_TEXTS, "first")


@dataclass(frozen=True, slots=True)
class Paged:
    """How the pages of one operation follow each other, as a user states it.

    What leads into a body is the name of a property, or a JSON Pointer that begins with a slash.
    """

    kind: Kind
    parameter: str = ""
    items: str = ""
    next: str = ""
    last: str = ""
    more: str = ""
    total: str = ""
    current: str = ""
    first: int = 1


@dataclass(frozen=True, slots=True)
class PaginationConfig:
    """What to do about pages.

    ``infer``: shapes of the document tell them. ``operations`` holds what is known better, by ``operationId`` or
    ``GET /path``; None: not paged.
    """

    infer: bool = True
    operations: Mapping[str, Paged | None] = field(default_factory=dict[str, "Paged | None"], hash=False)


class WrongPaginationError(Exception):
    """The configuration of pages is wrong: ``key`` is where."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


def read_pagination(value: Any) -> PaginationConfig:
    """Read the key ``pagination``: a truth value, or a table. Raises WrongPaginationError."""
    if isinstance(value, bool):
        return PaginationConfig(infer=value)
    if not is_table(value):
        raise WrongPaginationError("pagination must be true, false or a table", "pagination")
    for key in value:
        if key not in ("infer", "operations"):
            raise WrongPaginationError(f"pagination has no key {key!r}; known keys are infer, operations", key)
    infer, operations = value.get("infer", True), value.get("operations", {})
    if not isinstance(infer, bool):
        raise WrongPaginationError("infer must be true or false", "infer")
    if not is_table(operations):
        raise WrongPaginationError("operations must be a table", "operations")
    return PaginationConfig(infer, {name: read_paged(name, one) for name, one in operations.items()})


def read_paged(name: str, value: Any) -> Paged | None:
    """Read what is said of one operation. Raises WrongPaginationError."""
    if value is False:
        return None
    if not is_table(value):
        raise WrongPaginationError(f"{name} must be false or a table", name)
    for key, content in value.items():
        if key not in _KEYS:
            raise WrongPaginationError(f"the pages of {name} have no key {key!r}; known: {', '.join(_KEYS)}", key)
        if key in _TEXTS and (not isinstance(content, str) or not content):
            raise WrongPaginationError(f"{key} must be a text", key)
    if value.get("kind") not in KINDS:
        raise WrongPaginationError(f"the kind of pages of {name} must be one of {', '.join(KINDS)}", name)
    first = value.get("first", 1)
    if not isinstance(first, int) or isinstance(first, bool):
        raise WrongPaginationError("first must be a whole number", "first")
    return Paged(**value)
