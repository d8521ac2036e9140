"""The JSON Schema of the configuration, for editors: ``configuration.schema.json`` beside this module.

It describes ``bothends.toml``; in ``pyproject.toml`` the same stands below ``tool.bothends``.
"""

from __future__ import annotations

from pathlib import Path


def schema_text() -> str:
    """Return the schema as JSON (draft 2020-12)."""
    return Path(__file__).with_name("configuration.schema.json").read_text(encoding="utf-8")
