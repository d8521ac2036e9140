"""The documents in ``specs/``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SPECS = sorted(path for path in (ROOT / "specs").glob("*/openapi.*") if path.suffix in (".yaml", ".json"))


class _Loader(yaml.CSafeLoader):
    """YAML 1.2 core types as far as the documents use them: dates stay text."""


_Loader.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for key, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def load(spec: Path) -> dict[str, Any]:
    """Return a document of ``specs/`` as plain data, read independently of bothends."""
    text = spec.read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text) if spec.suffix == ".json" else yaml.load(text, _Loader)
    return content
