"""Which vendor extensions are kept: those whose meaning the field agrees on. None of them ever names code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bothends.loading.data import is_list

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


def offered_name(extensions: Mapping[str, Any]) -> str:
    """Return the name that an operation's extensions offer for its method; an empty one if there is none."""
    return _text(extensions, "x-speakeasy-name-override", "x-fern-sdk-method-name")


def offered_group(extensions: Mapping[str, Any]) -> str:
    """Return the group that an operation's extensions put it into; an empty one if there is none."""
    return _text(extensions, "x-speakeasy-group", "x-fern-sdk-group-name")


def is_deprecated(extensions: Mapping[str, Any]) -> bool:
    """Tell whether extensions call an operation deprecated."""
    said = _text(extensions, "x-speakeasy-deprecation-message"), _text(extensions, "x-fern-availability")
    return extensions.get("x-deprecated") is True or bool(said[0]) or said[1] == "deprecated"


def is_internal(extensions: Mapping[str, Any]) -> bool:
    """Tell whether an operation is not meant for everybody, or not for generated clients."""
    names = ("x-internal", "x-speakeasy-ignore", "x-fern-ignore", "x-stainless-skip")
    skipped = extensions.get("x-stainless-skip")
    return any(extensions.get(name) is True for name in names) or (is_list(skipped) and "python" in skipped)


def _text(extensions: Mapping[str, Any], *names: str) -> str:
    for name in names:
        found = extensions.get(name)
        parts = [part for part in (found if is_list(found) else [found]) if isinstance(part, str) and part.strip()]
        if parts and (not is_list(found) or len(parts) == len(found)):
            return " ".join(parts)
    return ""
