"""The name lock: which place of the document got which name, as the manifest records it.

A table for each kind maps places (see :mod:`bothends.naming.places`) to words between spaces. The first words name
the thing itself, the others what belongs to it: ``"Pet": "Pet id photoUrls=photo_urls"``. A word is the spelling of
the document and, where it differs, the Python name after ``=``; blanks, ``=`` and ``%`` are written as in URLs.

What decided about shapes is locked too: ``"GET /pets": "list_pets pages=none"`` is a method that returns its answer
alone, because nothing told pages; and the table ``sent`` holds types that are what requests need, and would differ
from what responses hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias, cast
from urllib.parse import quote, unquote

from bothends.diagnostics.model import Location, Report
from bothends.ir.api import Api
from bothends.naming.names import Names
from bothends.naming.places import Kind, anchor_place, operation_place, type_place

#: How a lock is written: a table for each kind.
Tables: TypeAlias = "Mapping[str, Mapping[str, str]]"
#: A kind, a place, and for what belongs to the place its spelling in the document.
Key: TypeAlias = "tuple[Kind, str, str]"

_PLAIN: Final = "!\"#$&'()*+,-./:;<>?@[\\]^_`{|}~"
_SENT: Final = "sent"
_UNPAGED: Final = "pages=none"
_TABLES: Final = (Kind.TYPES, Kind.OPERATIONS, Kind.GROUPS, Kind.SCHEMES, Kind.MODULES, Kind.CHECKS)


@dataclass(frozen=True, slots=True)
class NameLock:
    """Recorded names. ``wires`` holds the operationIds that operations were named after.

    ``sent`` holds the places of types that are what requests need, ``unpaged`` those of operations of which nothing
    told pages.
    """

    names: Mapping[Key, str] = field(default_factory=dict[Key, str], hash=False)
    wires: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    sent: frozenset[str] = frozenset()
    unpaged: frozenset[str] = frozenset()

    def get(self, kind: Kind, place: str, wire: str = "") -> str | None:
        """Return the name that was recorded, if one was."""
        return self.names.get((kind, place, wire))


NO_LOCK: Final = NameLock()


def write_lock(api: Api, names: Names) -> dict[str, dict[str, str]]:
    """Return the tables that record all names of a model, sorted."""
    wires = {operation.id: operation.key for operation in (*api.operations, *api.webhooks)}
    tables: dict[str, dict[str, str]] = {
        Kind.TYPES: {
            type_place(key): _line(
                type_.name,
                names.fields.get(key, {}).items(),
                ((str(value), name) for value, name in names.members.get(key, {}).items()),
            )
            for key, type_ in names.types.items()
        },
        Kind.OPERATIONS: {
            operation_place(key): _line(
                _word(wires[key], method),
                ((f"{place.value}/{wire}", name) for (place, wire), name in names.parameters[key].items()),
            )
            + (f" {_UNPAGED}" if key in api.unpaged else "")
            for key, method in names.methods.items()
        },
        Kind.GROUPS: {tag: f"{group.module} {group.class_name}" for tag, group in names.groups.items()},
        Kind.SCHEMES: dict(names.schemes),
        Kind.MODULES: {anchor_place(key.anchor): type_.module for key, type_ in names.types.items()},
        Kind.CHECKS: {anchor: check.name for anchor, check in names.checks.items()},
        _SENT: {type_place(key): names.types[key].name for key in api.sent},
    }
    return {str(kind): dict(sorted(table.items())) for kind, table in tables.items() if table}


def read_lock(tables: Mapping[str, object], manifest: Location, report: Report) -> NameLock:
    """Return the lock that the tables of a manifest hold. Reports ``invalid-name-lock`` for what is none."""
    names: dict[Key, str] = {}
    wires: dict[str, str] = {}
    unpaged: set[str] = set()
    for kind in _TABLES:
        for place, line in _entries(tables.get(kind.value, {}), kind, manifest, report):
            first, *others = line.split(" ")
            if kind is Kind.OPERATIONS and _UNPAGED in others:
                others.remove(_UNPAGED)
                unpaged.add(place)
            wire, name = _read_word(first)
            if kind is Kind.OPERATIONS:
                wires[place] = wire
            names[kind, place, ""] = name
            if kind is Kind.GROUPS:
                names[Kind.CLASSES, place, ""] = others[0] if others else ""
            elif kind in (Kind.TYPES, Kind.OPERATIONS):
                inner = Kind.MEMBERS if kind is Kind.TYPES else Kind.PARAMETERS
                for wire, inner_name in map(_read_word, others):
                    names[inner, place, wire] = inner_name
    sent = frozenset(place for place, _ in _entries(tables.get(_SENT, {}), _SENT, manifest, report))
    for unknown in sorted(tables.keys() - {_SENT, *_TABLES}):
        refuse_lock(f"the name lock has a table {unknown!r}, which is no kind of names", manifest, report)
    usable = {key: name for key, name in names.items() if name.isidentifier()}
    for (kind, place, wire), name in names.items() - usable.items():
        where = f"{place} {wire}".strip()
        refuse_lock(f"the name lock calls {where!r} of {kind.value} {name!r}, which is no name", manifest, report)
    for key in _contradictions(usable, manifest, report):
        del usable[key]
    return NameLock(usable, wires, sent, frozenset(unpaged))


def _contradictions(names: Mapping[Key, str], manifest: Location, report: Report) -> set[Key]:
    """Report and return what has the same name as something beside it. Several things may share a module."""
    seen: dict[tuple[Kind, str, str], Key] = {}
    found: set[Key] = set()
    for key, name in names.items():
        kind, place, _ = key
        if kind is Kind.MODULES:
            continue
        scope = place if kind in (Kind.MEMBERS, Kind.PARAMETERS) else ""
        other = seen.setdefault((kind, scope, name.casefold() if kind is Kind.GROUPS else name), key)
        if other != key:
            found |= {other, key}
            things = " and ".join(repr(" ".join(filter(None, one[1:]))) for one in (other, key))
            refuse_lock(f"the name lock calls both {things} of {kind.value} {name!r}", manifest, report)
    return found


def refuse_lock(message: str, manifest: Location, report: Report) -> None:
    """Report that a lock cannot be used, and what to do about it."""
    report.error(
        "invalid-name-lock",
        message,
        manifest,
        "restore the manifest from version control, or name everything anew with `bothends generate --relock`",
    )


def _entries(table: object, kind: str, manifest: Location, report: Report) -> Iterator[tuple[str, str]]:
    if not isinstance(table, Mapping):
        refuse_lock(f"{str(kind)!r} of the name lock is no table", manifest, report)
        return
    for place, line in cast("Mapping[object, object]", table).items():
        if isinstance(place, str) and isinstance(line, str):
            yield place, line
        else:
            refuse_lock(f"{place!r} of {str(kind)!r} in the name lock has no text", manifest, report)


def _line(first: str, *belongings: Iterable[tuple[str, str]]) -> str:
    """Return the words of a line; what belongs to a place is sorted."""
    return " ".join([first, *sorted(_word(wire, name) for group in belongings for wire, name in group)])


def _word(wire: str, name: str) -> str:
    if wire == name:
        return name
    plain = wire.isascii() and wire.isalnum()
    return f"{wire if plain else quote(wire, safe=_PLAIN, errors='surrogatepass')}={name}"


def _read_word(word: str) -> tuple[str, str]:
    wire, equals, name = word.rpartition("=")
    if not equals:
        return word, word
    return (unquote(wire, errors="surrogatepass") if "%" in wire else wire), name
