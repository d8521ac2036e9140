"""Rows of tables, items of lists, terms and lines of text in; fields out: parameters, and properties of bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bothends.extraction.prose.blocks import Block, plain
from bothends.extraction.prose.types import constrained, set_default, type_schema, typed

_NAME = r"[A-Za-z_$@][\w$@]*(?:[.\-:][\w$@]+|\[[\w$]*\]|\.\*)*(?:\[\])?"
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("place", re.compile(r"^(?:in|location|located in|place|param(?:eter)? type|where|sent in|passed in)$")),
    ("required", re.compile(r"^(?:required\??|mandatory\??|optional\??|req\.?|is required|presence|requirement"
                            r"|required/optional)$")),
    ("default", re.compile(r"^defaults?(?: values?)?$")),
    ("enum", re.compile(r"^(?:enum|allowed values?|possible values?|accepted values?|valid values?)$")),
    ("example", re.compile(r"^(?:examples?|sample|example values?)$")),
    ("type", re.compile(r"^(?:data ?type|types?|value type|schema|format|type/format)$")),
    ("description", re.compile(r"^(?:desc\w*|details?|notes?|comments?|meaning|summary|explanation|info"
                               r"|remarks?|purpose)$")),
    ("name", re.compile(r"^(?:(?:query |path |body |header |request |json )?(?:name|param(?:eter)?s?|field"
                        r"|fields|attributes?|"
                        r"property|properties|key|argument|headers?|variable|option)(?: name)?)$")),
)  # fmt: skip
_YES = re.compile(r"^(?:yes|y|true|required|mandatory|✓|✔|✅|x|1|always|o)\b|^[✓✔✅☑]", re.IGNORECASE)
_REQUIRED = re.compile(r"(?<!not )(?<!n't )\brequired\b(?! (?:if|when|unless|for|only|with|by|in|to))", re.IGNORECASE)
_OPTIONAL = re.compile(r"\boptional\b|\bnot required\b|\boptionally\b", re.IGNORECASE)
_ITEM = re.compile(
    rf"(?P<mark>[`*_]{{0,4}})(?P<name>:?{_NAME}\??)(?P<end>[`*_]{{0,4}})\s*(?P<star>\*)?\s*"
    r"(?P<notes>(?:[(\[<{][^()\[\]<>{}]{1,160}[)\]>}]\s*){0,3})(?P<separator>:(?!//)|=|[-\u2013\u2014]+|\s"
    r"|$)\s*(?P<rest>.*)$",
    re.DOTALL,
)
_GLUED = re.compile(
    r"(?P<name>[A-Za-z_$@][\w.$@\[\]-]*?)(?P<type>string|integer|number|boolean|object|array|any(?: of)?|one of"
    r"|all of|file|enum)"
    r"(?P<list>\[\])?(?P<more>(?: · [\w: .<>\[\]|-]+?)*)(?P<need>Required|Optional)(?P<rest>.*)$"
)
_PLACES = {
    **dict.fromkeys(("path", "url", "uri", "route"), "path"),
    **dict.fromkeys(("query", "querystring", "query string"), "query"),
    **dict.fromkeys(("header", "headers"), "header"),
    **dict.fromkeys(("body", "json", "request body"), "body"),
    **dict.fromkeys(("form", "formdata", "form-data"), "form"),
    "cookie": "cookie",
}

# What is said of one field in lines of its own.
_KEYS = frozenset({"Type", "Default", "Required", "Format", "Description", "Example", "Note"})
_NEED = re.compile(r"^(?:\((?:required|optional)\)|(?:required|optional)[.:,])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter, or one property of a body. ``depth`` is how far in it stands below the fields before it."""

    name: str
    schema: dict[str, Any] = field(default_factory=dict[str, Any])
    required: bool | None = None
    description: str = ""
    place: str = ""
    depth: int = 0


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """Return which column of a table holds what; nothing where it is no table of fields."""
    found: dict[str, int] = {}
    for index, cell in enumerate(head):
        words = plain(cell).strip().lower()
        kind = next((kind for kind, pattern in _COLUMNS if pattern.fullmatch(words)), None)
        if kind is not None:
            found.setdefault(kind, index)
    if "name" not in found:
        unnamed = [index for index in range(len(head)) if index not in found.values()]
        if not found or not unnamed or unnamed[0] != 0 or not ({"type", "required", "place"} & set(found)):
            return {}
        found["name"] = 0
    return found if len(found) > 1 else {}


def table_fields(block: Block) -> list[Field]:
    """Return the fields of a table; none where it is about something else."""
    columns = columns_of(block.rows[0])
    if not columns:
        return []
    is_about_option = (
        plain(block.rows[0][columns["required"]]).lower().startswith("optional") if "required" in columns else False
    )
    rows = (_row(row, columns, is_about_option=is_about_option) for row in block.rows[1:])
    found = [one for one in rows if one is not None]
    # Where a question mark says what is optional, the others are required.
    if any(
        re.match(r"`?[\w.]+\\?\?", row[columns["name"]].strip()) for row in block.rows[1:] if len(row) > columns["name"]
    ):
        found = [replace(one, required=True) if one.required is None else one for one in found]
    return found


def _row(row: Sequence[str], columns: dict[str, int], *, is_about_option: bool) -> Field | None:
    cells = {kind: row[index].strip() if index < len(row) else "" for kind, index in columns.items()}
    name = plain(cells["name"])
    depth = len(re.match(r"(?:&nbsp;|[\s→↳>».\u2013-])*", cells["name"])[0].replace("&nbsp;", " ").strip("-"))  # type: ignore[index]
    found = re.match(rf"[\s→↳>»\u2013:-]*(?P<name>{_NAME})(?P<question>\??)(?P<rest>.*)$", name)
    if found is None or (found["rest"] and re.match(r"\s*\w+ \w+ \w+", found["rest"].strip(" ()*†"))):
        return None
    kind = plain(cells.get("type", "")).strip()
    rest = found["rest"].strip(" ()")
    schema = type_schema(re.sub(r"\b(?:required|optional|mandatory)\b|[(),]\s*$", "", kind, flags=re.IGNORECASE)) or {}
    if not schema and rest:
        schema = (
            type_schema(re.sub(r",?\s*\b(?:required|optional)\b", "", rest, flags=re.IGNORECASE).strip(" ,()")) or {}
        )
    required = _required_of(plain(cells.get("required", "")), f"{rest} {kind}", is_about_option=is_about_option)
    if found["question"] or "optional" in rest.lower():
        required = False
    description = plain(cells.get("description", ""))
    if required is None and re.match(
        r"\(?\**required\b\**[.):]|.*\(required\)|.*\brequired\.?$", description, re.IGNORECASE
    ):
        required = True
    schema = _with_cells(schema, cells)
    schema = constrained(schema, cells.get("description", ""))
    return Field(_bare(found["name"]), schema, required, description, _place(cells.get("place", "")), depth)


def _with_cells(schema: dict[str, Any], cells: dict[str, str]) -> dict[str, Any]:
    schema = dict(schema)
    words = [plain(word) for word in re.split(r"[,|/]|<br\s*/?>|\s+or\s+", cells.get("enum", "")) if plain(word)]
    if len(words) > 1 and all(len(word) <= 40 and " " not in word for word in words):
        values = [typed(word.strip("\"'"), schema) for word in words]
        if all(value is not None for value in values):
            schema.setdefault("type", "string")
            schema["enum"] = list(dict.fromkeys(values))
    if "default" in cells:
        default = plain(cells["default"])
        if not schema and re.fullmatch(r"true|false", default, re.IGNORECASE):
            schema["type"] = "boolean"
        elif not schema and re.fullmatch(r"-?\d+", default):
            schema["type"] = "integer"
        set_default(schema, default)
    example = plain(cells.get("example", "")).strip("\"'")
    if example and len(example) <= 200 and typed(example, schema) is not None:
        schema["examples"] = [typed(example, schema)]
    return schema


def _required_of(cell: str, near: str, *, is_about_option: bool) -> bool | None:
    if cell:
        if _OPTIONAL.search(cell) and not is_about_option:
            return False
        return bool(_YES.match(cell)) != is_about_option
    if _OPTIONAL.search(near):
        return False
    return True if _REQUIRED.search(near) else None


def _place(text: str) -> str:
    return _PLACES.get(plain(text).lower().strip("() "), "")


def item_field(block: Block, *, is_expected: bool) -> Field | None:
    """Return the field of an item or a term, such as ``- `name` (string, required): what it is``.

    ``is_expected``: a label above announced fields, so that a bare word before a dash is one.
    """
    found = _ITEM.match(block.text.strip())
    if found is None or not _names_a_field(block, found, is_expected=is_expected):
        return None
    rest, notes = plain(found["rest"]), found["notes"].strip()
    words = [word.strip(" ()[]{}<>`*") for word in re.split(r"[,;|]|\)\s*\(", notes)] if notes else []
    schema = _first_type(words)
    inner = re.match(r"\S+ \(([^()]{1,80})\)", rest) if not notes else None
    if inner is not None:
        # API Blueprint: a sample stands between the name and what is said of it.
        words += [word.strip() for word in inner[1].split(",")]
        schema = _first_type(words)
        if schema or {"required", "optional"} & set(words):
            rest = rest[inner.end() :].lstrip(" .-\u2013\u2014:")
    schema = schema or _leading_type(rest, is_expected=is_expected)
    near = " ".join([*words, "required" if found["star"] else "", _opening(found["rest"])])
    required = False if found["name"].endswith("?") else _required_of("", near, is_about_option=False)
    description = _NEED.sub("", rest)
    default = next((word for word in words if word.lower().startswith("default")), "")
    schema = constrained(schema, f"{found['rest']} {default}")
    place = next((_PLACES[word.lower()] for word in words if word.lower() in _PLACES and word.lower() != "json"), "")
    return Field(_bare(found["name"]), schema, required, description, place, block.level)


def _names_a_field(block: Block, found: re.Match[str], *, is_expected: bool) -> bool:
    is_noted = bool(found["notes"].strip())
    if not found["mark"] and found["name"] in _KEYS:
        return False
    if block.kind == "text" and "`" not in found["mark"] and (not is_noted or found["name"][0].isupper()):
        return False
    is_marked = bool(found["mark"] and found["end"])
    is_separated = found["separator"].strip() != "" or not found["rest"].strip()
    return is_marked or (is_expected and (is_separated or is_noted))


def _leading_type(text: str, *, is_expected: bool) -> dict[str, Any]:
    """Return the type that a description begins with: ``Array of strings. Which ones``."""
    leading = re.match(r"(?:\(required\)\s*)?\(?([A-Za-z][\w<>\[\] |-]{1,40}?)\s*(?:[.,:;)\u2013\u2014]|-\s|$)", text)
    schema = type_schema(leading[1]) if leading is not None else None
    word = re.match(r"(?:string|integer|boolean|number)\b", text, re.IGNORECASE)
    if schema is None and word is not None and is_expected:
        schema = type_schema(word[0])
    return schema or {}


def _first_type(words: Sequence[str]) -> dict[str, Any]:
    for word in words:
        found = type_schema(word)
        if found is not None:
            return found
    return {}


def _opening(text: str) -> str:
    """Return the part of a description that says whether a field is required, if it does."""
    text = plain(text)
    first = re.split(r"(?<=[.;])\s", text, maxsplit=1)[0][:60]
    last = text[-14:] if re.search(r"[(,.] ?(?:required|optional)\)?\.?$", text, re.IGNORECASE) else ""
    inner = " ".join(re.findall(r"\((?:[^()]*,\s*)?((?:not )?required|optional)[,)]", text))
    return f"{first if re.match(r'.{0,24}(required|optional)', first, re.IGNORECASE) else ''} {last} {inner}"


def component_field(block: Block) -> Field | None:
    """Return the field of a component such as ``<ParamField body="name" type="string" required>``."""
    attributes = block.attributes
    place = next(
        (place for place in ("path", "query", "header", "body", "form", "cookie", "response") if attributes.get(place)),
        "",
    )
    name = attributes.get(place, "") if place else attributes.get("name", "")
    if not re.fullmatch(_NAME, name):
        return None
    schema = type_schema(attributes.get("type", "")) or {}
    required = attributes.get("required", "false").lower() in ("", "true") if "required" in attributes else None
    for key in ("default", "initialValue"):
        if attributes.get(key):
            set_default(schema, attributes[key])
    text = "\n".join(plain(line) for line in block.text.split("\n"))
    return Field(_bare(name), constrained(schema, block.text), required, text, place, block.level)


def text_fields(lines: Sequence[str]) -> list[Field]:
    """Return the fields in lines without any marks, as a browser copies them.

    A name, its type and whether it is required stand in one line with nothing between them, or in a line each.
    """
    lines = _apart([line.strip() for line in lines if line.strip()])
    found: list[Field] = []
    number = 0
    while number < len(lines):
        one, taken = _glued(lines[number]), 1
        if one is None:
            one, taken = _spread(lines, number)
        if one is not None:
            found.append(one)
        elif found and lines[number].strip():
            found[-1] = _said_more(found[-1], lines[number].strip())
        number += taken
    return found


def _apart(lines: Sequence[str]) -> list[str]:
    """Part ``required`` from the name of the next field, where a copy of a page ran them together."""
    found: list[str] = []
    for number, line in enumerate(lines):
        glued = re.fullmatch(rf"(required|optional)({_NAME})", line)
        if glued is not None and number + 1 < len(lines) and type_schema(lines[number + 1]) is not None:
            found += [glued[1], glued[2]]
        else:
            found.append(line)
    return found


def _glued(line: str) -> Field | None:
    found = _GLUED.match(line.strip())
    if found is None:
        return None
    kinds = [part.strip() for part in found["more"].split("·") if part.strip()]
    text = found["type"] + (f" · {kinds[0].removesuffix('[]')}" if kinds and ":" not in kinds[0] else "")
    schema = type_schema(text) or type_schema(found["type"]) or {}
    if found["list"] or any(kind.endswith("[]") for kind in kinds):
        schema = {"type": "array", "items": schema}
    schema = constrained(schema, " ".join(kinds))
    rest = re.sub(r"^Possible values:\s*", "", found["rest"]).strip()
    return Field(found["name"], schema, found["need"] == "Required", rest)


def _spread(lines: Sequence[str], number: int) -> tuple[Field | None, int]:
    """Read a name, a type and ``required`` in a line each."""
    name = lines[number].strip()
    following = [line.strip() for line in lines[number + 1 : number + 4]]
    if (
        not re.fullmatch(_NAME, name)
        or not following
        or type_schema(name) is not None
        or name.lower() in ("required", "optional")
    ):
        return None, 1
    if following[0].lower() in ("required", "optional"):
        return Field(name, {}, following[0].lower() == "required"), 2
    kind = re.match(r"(.*?)(?:\s*\b(required|optional)\b)?$", following[0], re.IGNORECASE)
    if kind is None or (schema := type_schema(kind[1])) is None:
        return None, 1
    taken, required, rest = 2, kind[2].lower() == "required" if kind[2] else None, ""
    for line in following[1:]:
        need = re.match(r"(?:(path|query|header|body))?\s*(required|optional)(.*)$", line, re.IGNORECASE)
        if need is None:
            break
        required, rest, taken = need[2].lower() == "required", need[3].strip(), taken + 1
    return Field(name, schema, required, rest), taken


def _said_more(one: Field, line: str) -> Field:
    described = f"{one.description}\n{line}".strip()
    return replace(one, description=described[:4000], schema=constrained(one.schema, line))


def _bare(name: str) -> str:
    return name.lstrip(":").rstrip("?").strip()
