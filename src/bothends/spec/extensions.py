"""Which vendor extensions are kept: those whose meaning the field agrees on. None of them ever names code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_NAMES: Final = frozenset(
    {"x-enum-varnames", "x-enumNames", "x-enum-names", "x-enum-descriptions", "x-enumDescriptions", "x-ms-enum"}
    | {"x-codeSamples", "x-code-samples", "x-internal", "x-nullable", "x-order", "x-extensible-enum", "x-deprecated"}
    | {"x-pagination", "x-webhooks", "x-ms-pageable"}
)
_PREFIXES: Final = ("x-speakeasy-", "x-fern-", "x-stainless-")


def is_known(name: str) -> bool:
    """Tell whether an extension is one that is kept."""
    return name in _NAMES or name.startswith(_PREFIXES)


def known(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the extensions of an object that are kept."""
    return {name: content for name, content in value.items() if name.startswith("x-") and is_known(name)}
