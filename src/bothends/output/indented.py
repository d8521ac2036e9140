"""JSON data to indented text, as ``json.dumps`` has it, which is slow at that: it makes a generator for each value."""

from __future__ import annotations

import json
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from bothends.loading.data import is_list, is_mapping


def indented_json(value: Any, indent: int) -> str:
    """Return what ``json.dumps(value, indent=indent)`` returns for objects and lists; raises what it raises."""
    return _text(value, "\n", " " * indent)


def _text(value: Any, margin: str, indent: str) -> str:
    """Return a value; ``margin`` breaks the line and leads to where the value begins."""
    if isinstance(value, str):
        return quoted(value)
    inner = margin + indent
    if is_mapping(value) and value:
        members = [f"{_key(key)}: {_text(item, inner, indent)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(members)}{margin}}}"
    if is_list(value) and value:
        return f"[{inner}{f',{inner}'.join([_text(item, inner, indent) for item in value])}{margin}]"
    if value is True or value is False:
        return "true" if value else "false"
    return json.dumps(value)


def _key(key: Any) -> str:
    return quoted(key if isinstance(key, str) else json.dumps(key))
