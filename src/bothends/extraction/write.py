"""Plain data, or JSON text, in; readable text of a document out."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

_WIDTH = 100
# Numbers of YAML 1.2 that PyYAML, a parser of YAML 1.1, takes for text and would leave bare.
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")
# Line breaks of YAML 1.1 that YAML 1.2 takes for ordinary characters, and the one that both fold away.
_ESCAPED = "\x85\u2028\u2029\r"
_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)


def to_yaml(data: dict[str, Any]) -> str:
    """Write data as YAML that YAML 1.1 and 1.2 read alike, in the order of its keys."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False
    )
    return text


def to_json(data: Any) -> str:
    """Write data as JSON with an indentation of two."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def lay_out_json(text: str) -> str:
    """Give JSON text the white space of :func:`to_json` and leave everything else as it is, numbers and escapes too."""
    out: list[str] = []
    depth = 0
    before = ""
    for part in _PART.findall(text):
        if part in "}]":
            depth -= 1
        is_first = before in ("", ":")
        is_empty = part in "}]" and before in ("{", "[")
        if not is_first and not is_empty and part not in ":,":
            out.append("\n" + "  " * depth)
        out.append(": " if part == ":" else part)
        if part in "{[":
            depth += 1
        before = part
    return "".join(out) + "\n"


class _Dumper(yaml.SafeDumper):
    """Lists stand inside their key, long texts are blocks, nothing is an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists too."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write shared values out."""
        return True


def _represent_string(_: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if any(character in text for character in _ESCAPED):
        style = '"'
    elif "\n" in text:
        style = "|"
    elif len(text) > _WIDTH - 20 and " " in text:
        style = ">"
    elif _NUMBER.fullmatch(text):
        style = "'"
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_string)
