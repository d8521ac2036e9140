"""What a package depends on besides documents: the effective configuration, in a form that any machine agrees on."""

from __future__ import annotations

import os
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bothends.config.model import TargetConfig
from bothends.loading.data import is_mapping

if TYPE_CHECKING:
    from typing_extensions import TypeIs

#: Where the package lies, which of the inputs is the document, what only fetching needs, and who uses the package.
_ELSEWHERE: Final = frozenset({"spec", "output", "headers", "offline", "handlers"})


def settings(target: TargetConfig) -> dict[str, Any]:
    """Return the configuration of a target as plain JSON data; what has its default is left out.

    Paths are relative to the document's folder. Every field counts, so that a new one cannot be forgotten.
    """
    found: dict[str, Any] = _plain(target, folder_of(target.spec))
    found |= found.pop("reading", {})
    if target.overlays:
        found["overlays"] = [
            name if "://" in name else _relative(name, folder_of(target.spec)) for name in target.overlays
        ]
    return found


def folder_of(spec: str) -> str:
    """Return the folder of a document, with symbolic links resolved."""
    return os.path.dirname(os.path.realpath(spec))  # noqa: PTH120 - quick


def _plain(value: Any, folder: str) -> Any:
    if is_dataclass(value):
        kept = (field for field in fields(value) if field.compare and field.name not in _ELSEWHERE)
        return {
            field.name: _plain(getattr(value, field.name), folder)
            for field in kept
            if getattr(value, field.name) != _default(field)
        }
    if isinstance(value, Path):
        return _relative(value, folder)
    if is_mapping(value):
        return {str(key): _plain(value[key], folder) for key in sorted(value)}
    if _is_sequence(value):
        return [_plain(item, folder) for item in value]
    return value


def _is_sequence(value: object) -> TypeIs[tuple[Any, ...] | list[Any]]:
    return isinstance(value, tuple | list)


def _default(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return MISSING if field.default_factory is MISSING else field.default_factory()


def _relative(path: str | Path, folder: str) -> str:
    return os.path.relpath(os.path.realpath(path), folder).replace(os.sep, "/")
