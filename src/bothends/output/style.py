"""The style that a package is formatted in: bothends' own, or that of the project which the package is part of."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bothends.config.model import TargetConfig
from bothends.output.digests import digest
from bothends.output.installed import formatter_version

_NAMES: Final = (".ruff.toml", "ruff.toml", "pyproject.toml")
_MOST_EXTENDED: Final = 20


@dataclass(frozen=True, slots=True)
class Style:
    """How files are formatted. ``config`` is the configuration of ruff that governs them, None for our own style.

    ``formatter`` names the formatter and its version, and with a configuration its digest as well.
    """

    formatter: str
    config: Path | None = None


class StyleError(Exception):
    """A configuration of ruff cannot be read. Says which one, and why."""


def style_of(target: TargetConfig) -> Style:
    """Return the style of a target's package. Raises StyleError."""
    config = _governing(target.output.resolve()) if target.format == "project" else None
    if config is None:
        return Style(formatter_version())
    text = json.dumps(list(_tables(config)), sort_keys=True, default=str)
    return Style(f"{formatter_version()}, as configured ({digest(text.encode())[:16]})", config)


def _governing(folder: Path) -> Path | None:
    """Return the nearest configuration of ruff, as ruff itself finds it."""
    for place in (folder, *folder.parents):
        for name in _NAMES:
            path = place / name
            if path.is_file() and (name != "pyproject.toml" or "ruff" in _read(path).get("tool", {})):
                return path
    return None


def _tables(path: Path | None) -> Iterator[Any]:
    """Yield what a configuration says, and what it extends."""
    for _ in range(_MOST_EXTENDED):
        if path is None:
            return
        content = _read(path)
        table = content.get("tool", {}).get("ruff", {}) if path.name == "pyproject.toml" else content
        # ruff takes the lowest version of Python from there.
        yield table, content.get("project", {}).get("requires-python")
        extended = table.get("extend")
        path = path.parent / Path(extended).expanduser() if isinstance(extended, str) else None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StyleError(f"{path} cannot be read: {error}") from None
