"""How pages write types and constraints in, schemas out."""

from __future__ import annotations

import json
import re
from typing import Any

_KINDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("string|str|text|varchar|char|snowflake|hash|decimal string|enum", {"type": "string"}),
    ("integer|int|long|int64|int32|bigint|uint32|uint64|unsigned", {"type": "integer"}),
    ("number|float|double|decimal|numeric|real", {"type": "number"}),
    ("boolean|bool", {"type": "boolean"}),
    ("object|dict|map|hashmap|json|struct|dictionary|json object", {"type": "object"}),
    ("array|list|collection|set", {"type": "array", "items": {}}),
    (
        "datetime|date-time|date time|iso8601 timestamp|iso 8601|iso8601|rfc3339",
        {"type": "string", "format": "date-time"},
    ),
    ("date", {"type": "string", "format": "date"}),
    ("uuid|guid", {"type": "string", "format": "uuid"}),
    ("url|uri|link", {"type": "string", "format": "uri"}),
    ("email", {"type": "string", "format": "email"}),
    ("file|binary|multipart file", {"type": "string", "format": "binary"}),
    ("null", {"type": "null"}),
    ("any", {}),
)
_WORDS = {word: schema for words, schema in _KINDS for word in words.split("|")}
_FORMATS = frozenset(
    {"uuid", "date-time", "date", "uri", "email", "int32", "int64", "float", "double", "binary", "byte", "password"}
    | {"hostname", "ipv4", "ipv6", "uint32", "time"}
)
_LIST = re.compile(
    r"(?:array|list|collection|set)s?\s*(?:of|<|\[|\()\s*(?P<of>[^<>\[\]()]+?)\s*[>\])]?$"
    r"|(?P<before>.+?)\s*(?:\[\s*\]| array| list)$"
)


def type_schema(text: str) -> dict[str, Any] | None:
    """Return the schema of a type; None where the text is none that pages have in common."""
    text = text.strip().strip("`*").strip().lower().rstrip(".:;,")
    if not text or len(text) > 80:
        return None
    if text.startswith("?") or re.search(r"(?:\s*\|\s*|\s+or\s+|,\s*)null$|^nullable ", text):
        inner = type_schema(re.sub(r"^\?|(?:\s*\|\s*|\s+or\s+|,\s*)null$|^nullable ", "", text))
        return None if inner is None else _nullable(inner)
    known = _WORDS.get(text)
    if known is not None:
        return dict(known)
    listed = _LIST.fullmatch(text)
    if listed is not None:
        items = type_schema((listed["of"] or listed["before"]).rstrip("s")) or type_schema(
            listed["of"] or listed["before"]
        )
        if items is None and listed["of"] and re.fullmatch(r"[a-z][\w ]*", listed["of"]):
            items = {}
        return None if items is None else {"type": "array", "items": items}
    qualified = re.fullmatch(r"([a-z]+)\s*(?:[<(·/:\[]|\s-\s)\s*([\w -]+?)\s*[>)\]]?", text)
    if qualified is not None and qualified[1] in _WORDS and "type" in _WORDS[qualified[1]]:
        base = dict(_WORDS[qualified[1]])
        return {**base, "format": qualified[2]} if qualified[2] in _FORMATS and base.get("type") != "array" else base
    if qualified is not None and qualified[1] == "enum":
        return type_schema(qualified[2])
    return _union(text)


def _union(text: str) -> dict[str, Any] | None:
    parts = re.split(r"\s*\|\s*|\s+or\s+", text)
    if len(parts) < 2:
        return None
    schemas = [type_schema(part) for part in parts]
    if any(schema is None for schema in schemas):
        return None
    kinds = list(dict.fromkeys(json.dumps(schema) for schema in schemas))
    return json.loads(kinds[0]) if len(kinds) == 1 else {"anyOf": [json.loads(kind) for kind in kinds]}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    kind = schema.get("type")
    return {**schema, "type": [kind, "null"]} if isinstance(kind, str) else schema


_DEFAULT = re.compile(
    r"\b[Dd]efault(?:s to| is| value is| value|:| =|=)?\s*(?:value)?[:=]?\s*(?:is |to )?"
    r"(?:[`\"']([^`\"'\n]{1,80})[`\"']|(-?\d+(?:\.\d+)?|true|false|True|False)(?=[\s.,;)\]]|$))"
)
_ENUM = re.compile(
    r"(?:[Oo]ne of|[Aa]llowed(?: values?)?|[Pp]ossible values?(?: are)?|[Vv]alid (?:values?|options?)(?: are)?"
    r"|[Aa]ccepted values?|[Mm]ust be(?: either)?|[Ee]num|[Cc]an be(?: either)?"
    r"|[Oo]ptions)(?: are)?(?: one of)?(?: the following)?\s*:?\s*"
    r"(?P<values>[\[(]?(?:[`\"'][^`\"'\n]{1,60}[`\"'](?:\s*(?:,\s*or|,\s*and|,|or|and|\||/)\s*)?){2,60})"
)
_QUOTED = re.compile(r"[`\"']([^`\"'\n]{1,60})[`\"']")
_RANGE = re.compile(
    r"\b(?P<kind>min(?:imum)?|max(?:imum)?)(?: value| length|Length)?\s*[:=]\s*(?P<value>-?\d+(?:\.\d+)?)",
    re.IGNORECASE,
)


def constrained(schema: dict[str, Any], description: str) -> dict[str, Any]:
    """Return a schema with what its description says of default, values and range, in so many words."""
    schema = dict(schema)
    values = _ENUM.search(description)
    kind = schema.get("type")
    if values is not None and "enum" not in schema and kind in (None, "string", "integer", "number"):
        found = [typed(value, schema) for value in _QUOTED.findall(values["values"])]
        if all(value is not None for value in found):
            schema.setdefault("type", "string")
            schema["enum"] = list(dict.fromkeys(found))
    default = _DEFAULT.search(description)
    if default is not None and "default" not in schema:
        set_default(schema, default[1] or default[2])
    for limit in _RANGE.finditer(description):
        _set_range(schema, limit)
    return schema


def set_default(schema: dict[str, Any], text: str) -> None:
    """Give a schema the default that a page says, where it is a value of the schema."""
    text = text.strip().strip("`\"'")
    if text.lower() in ("", "-", "none", "null", "n/a", "na", "undefined", "\u2013", "\u2014"):
        return
    value = typed(text, schema)
    is_of_enum = "enum" not in schema or value in schema["enum"]
    if value is not None and is_of_enum and len(text) <= 80:
        schema["default"] = value


def typed(text: str, schema: dict[str, Any]) -> Any:
    """Return a text as a value of a schema; None where it is none."""
    kind = schema.get("type")
    if kind in ("integer", "number", "boolean"):
        try:
            value = json.loads(text.lower())
        except ValueError:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if kind == "boolean":
            return value if isinstance(value, bool) else None
        return value if is_number and (kind == "number" or isinstance(value, int)) else None
    return text if kind in (None, "string") else None


def _set_range(schema: dict[str, Any], found: re.Match[str]) -> None:
    kind, value = schema.get("type"), json.loads(found["value"])
    side = "min" if found["kind"].lower().startswith("min") else "max"
    if kind in ("integer", "number"):
        schema.setdefault(f"{side}imum", value)
    elif kind == "string" and isinstance(value, int) and value >= 0:
        schema.setdefault(f"{side}Length", value)
