"""In comes the raw value of one keyword of a schema object, out goes its normal form: keywords without subschemas.

A rule stores what it understood in ``site.keywords`` and reports the rest. Rules that need other keywords of the
same object leave a mark for :func:`finish`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from bothends.diagnostics.model import Location, Report
from bothends.loading import fix as fixes
from bothends.loading.data import is_list, is_mapping
from bothends.loading.document import Document
from bothends.loading.fix import Fix
from bothends.loading.pointer import escape, join
from bothends.spec.cures import INCLUSIVE, bound_as_number, instead, null_as_type, renamed, type_as_name, without
from bothends.spec.dialect import Dialect
from bothends.spec.dynamic import Scope

TYPES: Final = {
    name: (name,) for name in ("array", "boolean", "integer", "null", "number", "object", "string")
}  # each with the tuple that stands for it, which is by far the most frequent value of ``type``

_LIMITED: Final = {
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), "number"),
    **dict.fromkeys(("minLength", "maxLength", "pattern"), "string"),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems", "minContains", "maxContains"), "array"),
    **dict.fromkeys(("minProperties", "maxProperties"), "object"),
}
_CHARACTERS: Final = 200
_INSTEAD: Final = {
    ("array", "minLength"): "minItems",
    ("array", "maxLength"): "maxItems",
    ("string", "minItems"): "minLength",
    ("string", "maxItems"): "maxLength",
}


# Keywords beside which an empty ``enum`` is an oversight; alone, it refuses every value.
_SAYING_MORE: Final = frozenset({"$ref", "allOf", "anyOf", "oneOf", "type"})


class Site:
    """One schema object while it is read."""

    __slots__ = (
        "depth",
        "dialect",
        "document",
        "exclusive",
        "key",
        "keywords",
        "limited",
        "nullable",
        "pointer",
        "report",
        "scope",
        "value",
    )

    def __init__(
        self,
        value: dict[str, Any],
        document: Document,
        pointer: str,
        key: str,
        dialect: Dialect,
        depth: int,
        report: Report,
        scope: Scope,
    ) -> None:
        self.value = value
        self.document = document
        self.pointer = pointer
        self.key = key
        self.dialect = dialect
        self.depth = depth
        self.report = report
        self.scope = scope
        self.keywords: dict[str, Any] = {}
        self.exclusive: tuple[str, ...] = ()
        self.limited = False
        self.nullable = False

    def place(self, keyword: str) -> Location:
        """Return the location of a keyword."""
        return Location(self.document.uri, f"{self.pointer}/{escape(keyword)}")

    def warn(self, code: str, message: str, keyword: str, hint: str | None = None, fix: Fix = ()) -> None:
        """Report something that was repaired or left out."""
        self.report.warning(code, message, self.place(keyword), hint, fix)

    def note(self, code: str, message: str, keyword: str, hint: str | None = None, fix: Fix = ()) -> None:
        """Report something that changes nothing."""
        self.report.note(code, message, self.place(keyword), hint, fix)

    def wrong_type(self, keyword: str, wanted: str) -> None:
        """Report a value of the wrong JSON type, which is left out."""
        self.warn("wrong-type", f"{keyword!r} must be {wanted}", keyword)


Rule: TypeAlias = Callable[[Site, str, Any], None]


def text(site: Site, name: str, raw: Any) -> None:
    """Take a string."""
    if isinstance(raw, str):
        site.keywords[name] = raw
        if name == "pattern":
            site.limited = True
    else:
        site.wrong_type(name, "a string")


def flag(site: Site, name: str, raw: Any) -> None:
    """Take a boolean; ``false`` is what its absence means."""
    if raw is True:
        site.keywords[name] = True
    elif raw is not False:
        site.wrong_type(name, "a boolean")


def anything(site: Site, name: str, raw: Any) -> None:
    """Take any JSON value."""
    site.keywords[name] = raw


def mapping(site: Site, name: str, raw: Any) -> None:
    """Take a mapping as it is."""
    if is_mapping(raw):
        site.keywords[name] = raw
    else:
        site.wrong_type(name, "a mapping")


def xml(site: Site, name: str, raw: Any) -> None:
    """Take the mapping that says how the schema is written as XML."""
    mapping(site, name, raw)
    if is_mapping(raw) and "nodeType" in raw:
        for older in raw.keys() & {"attribute", "wrapped"}:
            message = f"{older!r} is the older way to say what 'nodeType' says, which counts"
            site.warn(
                "invalid-document", message, name, fix=fixes.removed(site.document, join(site.pointer, name, older))
            )


def ignored(site: Site, name: str, raw: Any) -> None:
    """Take nothing: the keyword says nothing about values, or was used for finding references."""


def number(site: Site, name: str, raw: Any) -> None:
    """Take a finite number; ``multipleOf`` must be above zero."""
    if not _is_number(raw):
        site.wrong_type(name, "a number")
    elif name == "multipleOf" and raw <= 0:
        site.warn("invalid-value", "'multipleOf' must be above 0", name, fix=without(site, name))
    else:
        site.keywords[name] = raw
        site.limited = True


def exclusive_bound(site: Site, name: str, raw: Any) -> None:
    """Take a number, or the boolean that older versions have."""
    if isinstance(raw, bool):
        if not site.dialect.boolean_bounds:
            message = f"{name!r} is a number in {site.dialect.name}; read as in OpenAPI 3.0"
            site.warn("invalid-document", message, name, fix=bound_as_number(site, name, raw))
        if raw:
            site.exclusive = (*site.exclusive, name)
        return
    if site.dialect.boolean_bounds and _is_number(raw):
        message = f"{name!r} is a boolean in {site.dialect.name}; read as in OpenAPI 3.1"
        fix = instead(site, name, **{name: True, INCLUSIVE[name]: raw})
        site.warn("invalid-document", message, name, fix=fix)
    number(site, name, raw)


def count(site: Site, name: str, raw: Any) -> None:
    """Take a whole number that is not negative."""
    if not _is_number(raw) or raw != int(raw):
        site.wrong_type(name, "a whole number")
    elif raw < 0:
        site.warn("invalid-value", f"{name!r} must not be negative", name, fix=without(site, name))
    else:
        site.keywords[name] = int(raw)
        site.limited = True


def type_names(site: Site, name: str, raw: Any) -> None:
    """Take the name of a type or a list of names."""
    known = TYPES.get(raw) if isinstance(raw, str) else None
    if known:
        site.keywords[name] = known
        if raw == "array" and not site.dialect.type_lists and "items" not in site.value:
            message = f"an array of {site.dialect.name} must say what its 'items' are; they may be anything"
            fix = fixes.updated(site.document, site.pointer, {"items": {}})
            site.warn("missing-field", message, name, "write 'items: {}' for that", fix)
        return
    if is_list(raw) and raw and not site.dialect.type_lists:
        message = f"{site.dialect.name} has no list of types; read as in OpenAPI 3.1"
        site.warn("invalid-document", message, name, fix=type_as_name(site, name, raw))
    values = raw if is_list(raw) else [raw]
    names = [found for value in values if (found := _type_name(site, name, value))]
    if names and len(names) == len(values):  # a type that nobody knows may be any
        site.keywords[name] = tuple(dict.fromkeys(names))
    elif not values:
        site.warn("invalid-value", "'type' names no type", name)


def _type_name(site: Site, name: str, raw: Any) -> str | None:
    if isinstance(raw, str) and raw in TYPES:
        return raw
    if raw is None:
        message = "null as a type must be written as a string"
        is_alone = site.dialect.type_lists and site.value[name] is None
        fix = instead(site, name, type="null") if is_alone else ()
        site.warn("wrong-type", message, name, "write 'null' in quotes", fix)
        return "null"
    if raw == "file":
        if not site.dialect.file_type:
            fix = instead(site, name, type="string", format="binary") if site.value[name] == "file" else ()
            site.warn("invalid-value", "'file' is a type of OpenAPI 2.0 only; read as binary data", name, fix=fix)
        site.keywords["format"] = "binary"
        return "string"
    if isinstance(raw, str):
        site.warn("invalid-value", f"{raw!r} is not a type; any value is taken", name, f"types are {', '.join(TYPES)}")
    else:
        site.wrong_type(name, "a string or a list of strings")
    return None


def string_list(site: Site, name: str, raw: Any) -> None:
    """Take a list of strings, each once."""
    found = strings(site, name, raw)
    if found is not None:
        site.keywords[name] = found


def strings(site: Site, name: str, raw: Any) -> list[str] | None:
    """Return the strings of a list, or ``None`` where it is not a list."""
    if not is_list(raw):
        hint = "name the property in the 'required' of the object that has it" if name == "required" else None
        site.warn("wrong-type", f"{name!r} must be a list of strings", name, hint)
        return None
    if not all(isinstance(value, str) for value in raw):
        site.wrong_type(name, "a list of strings")
    return list(dict.fromkeys(value for value in raw if isinstance(value, str)))


def string_lists(site: Site, name: str, raw: Any) -> None:
    """Take a mapping of names to lists of strings (``dependentRequired``)."""
    if not is_mapping(raw):
        site.wrong_type(name, "a mapping of names to lists of strings")
        return
    found = {key: strings(site, name, value) for key, value in raw.items()}
    site.keywords[name] = {key: names for key, names in found.items() if names is not None}


def values(site: Site, name: str, raw: Any) -> None:
    """Take the list of an ``enum``, without the values that stand in it twice."""
    if not is_list(raw):
        site.wrong_type(name, "a list of values")
        return
    if not raw and site.value.keys() & _SAYING_MORE:
        site.warn("invalid-value", "'enum' holds no value; it was left out", name, fix=without(site, name))
        return
    seen: set[tuple[bool, Any]] = set()
    kept: list[Any] = []
    fix: Fix = ()
    for index, value in enumerate(raw):
        if is_mapping(value) or is_list(value):
            kept.append(value)
            continue
        mark = (isinstance(value, bool), value)  # 1 equals 1.0 in JSON, and differs from true
        if mark not in seen:
            seen.add(mark)
            kept.append(value)
        else:
            fix = fixes.removed(site.document, join(site.pointer, name, index)) + fix
    if len(kept) < len(raw):
        site.note("invalid-document", "'enum' holds the same value twice", name, fix=fix)
    site.keywords[name] = kept


def example(site: Site, name: str, raw: Any) -> None:
    """Take the one example that older versions have."""
    site.keywords["examples"] = [raw, *site.keywords.get("examples", ())]


def examples(site: Site, name: str, raw: Any) -> None:
    """Take a list of examples."""
    if is_list(raw):
        site.keywords[name] = [*site.keywords.get(name, ()), *raw]
    else:
        site.wrong_type(name, "a list of values")


def nullable(site: Site, name: str, raw: Any) -> None:
    """Mark that null is a value too; :mod:`bothends.spec.nullable` says so in the normal form."""
    if not isinstance(raw, bool):
        site.wrong_type(name, "a boolean")
    elif raw:
        site.nullable = True


def foreign(rule: Rule) -> Rule:
    """Wrap the rule of a keyword that the version does not have: it is read all the same, and reported."""

    def read(site: Site, name: str, raw: Any) -> None:
        is_nullable = name == "nullable" and site.dialect.type_lists
        hint = "write type: [..., 'null']" if is_nullable else None
        message = f"{name!r} is not a keyword of {site.dialect.name}; read as other versions have it"
        site.warn("invalid-document", message, name, hint, null_as_type(site, name, raw) if is_nullable else ())
        rule(site, name, raw)

    return read


def finish(site: Site) -> None:
    """Settle what depends on several keywords: boolean bounds, and limits on values of another type."""
    for name in site.exclusive:
        inclusive = "minimum" if name == "exclusiveMinimum" else "maximum"
        bound = site.keywords.pop(inclusive, None)
        if bound is None:
            message = f"{name!r} says nothing without {inclusive!r}"
            site.note("ignored-keyword", message, name, fix=without(site, name))
        else:
            site.keywords[name] = bound
    types = site.keywords.get("type")
    if types and site.limited:
        _note_idle_limits(site, types)


def _note_idle_limits(site: Site, types: tuple[str, ...]) -> None:
    for name in site.keywords:
        kind = _LIMITED.get(name)
        if kind is None or kind in types or (kind == "number" and "integer" in types):
            continue
        instead = next((_INSTEAD[one, name] for one in types if (one, name) in _INSTEAD), None)
        hint = f"{instead!r} is meant, if anything" if instead else None
        message = f"{name!r} says nothing about values of type {' or '.join(types)}"
        fix = without(site, name) if instead is None or instead in site.value else renamed(site, name, instead)
        site.note("ignored-keyword", message, name, hint, fix)


def weight(values: list[Any]) -> int:
    """Return how many values there are; of text, so many characters count as one more."""
    return len(values) + sum(len(value) // _CHARACTERS for value in values if isinstance(value, str))


def _is_number(raw: Any) -> bool:
    if isinstance(raw, float):
        return math.isfinite(raw)
    return isinstance(raw, int) and not isinstance(raw, bool)


SIMPLE: Final[dict[str, Rule]] = {
    **dict.fromkeys(("$dynamicAnchor", "contentEncoding", "contentMediaType", "description", "format"), text),
    **dict.fromkeys(("pattern", "title"), text),
    **dict.fromkeys(("deprecated", "readOnly", "uniqueItems", "writeOnly"), flag),
    **dict.fromkeys(("const", "default"), anything),
    "externalDocs": mapping,
    "xml": xml,
    **dict.fromkeys(
        ("$anchor", "$comment", "$id", "$recursiveAnchor", "$schema", "$vocabulary", "definitions"), ignored
    ),
    **dict.fromkeys(("maximum", "minimum", "multipleOf"), number),
    **dict.fromkeys(("exclusiveMaximum", "exclusiveMinimum"), exclusive_bound),
    **dict.fromkeys(("maxItems", "maxLength", "maxProperties", "maxContains"), count),
    **dict.fromkeys(("minItems", "minLength", "minProperties", "minContains"), count),
    **dict.fromkeys(("nullable", "x-nullable"), nullable),
    "dependentRequired": string_lists,
    "enum": values,
    "example": example,
    "examples": examples,
    "required": string_list,
    "type": type_names,
}
