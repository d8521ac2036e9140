"""A document and those that it refers to in, one self-contained document out."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from bothends.diagnostics.model import DocumentError
from bothends.loading import grammar
from bothends.loading import pointer as pointers
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_list, is_mapping, reference
from bothends.loading.document import Document
from bothends.loading.resolve import Resolver

# A reference, as JSON or YAML spell it, that does not begin with "#".
_OUTWARD = re.compile(r"""\$ref["']?\s*:\s*["']?(?!["'#\s])""")
# Fields that hold no objects, and no data of the API either.
_TEXT = frozenset(
    {"description", "externalDocs", "info", "security", "servers", "summary", "tags"}
    | {"x-codeSamples", "x-code-samples"}
)
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def bundle(root: Cursor, resolver: Resolver) -> dict[str, Any]:
    """Return the document with everything that it refers to elsewhere moved into its components.

    What the root document itself says stays as it is. The result shares its parts with the documents that were
    read: it is for writing, not for changing. References that lead nowhere are left alone; readers report them.
    """
    data: dict[str, Any] = root.value
    if not is_mapping(root.value) or not root.document.matches(_OUTWARD):
        return data
    return _Bundle(root, resolver).made()


class _Bundle:
    """One self-contained document under construction."""

    def __init__(self, root: Cursor, resolver: Resolver) -> None:
        self._root = root
        self._resolver = resolver
        self._is_2 = "swagger" in root
        self._sections = _sections(root)
        # Where in the result the target of a reference stands: by canonical key.
        self._placed: dict[str, str] = {}
        # The same of the components that the root document lists, wherever they are written.
        self._homes: dict[str, str] = {}
        # What has to be moved into components: by canonical key, the kind of object, the target, and its copy.
        self._moved: dict[str, tuple[str, Cursor, Any]] = {}
        self._queue: list[str] = []
        # References in the result that wait for the names of what they lead to.
        self._waiting: list[tuple[dict[str, Any], str, str]] = []
        self._inlined: list[str] = []

    def made(self) -> dict[str, Any]:
        self._adopt_components()
        result: dict[str, Any] = self._copy(self._root, "document")
        # A queue, not recursion: files may refer to each other in chains of any length.
        while self._queue:
            key = self._queue.pop()
            kind, target, _ = self._moved[key]
            self._moved[key] = (kind, target, self._copy(target, kind))
        self._name(result)
        for holder, field, key in self._waiting:
            holder[field] = self._placed[key]
        return result

    def _adopt_components(self) -> None:
        """Where a component is nothing but a reference to another file, it is the place of what that holds.

        So it is of components that another file holds all together.
        """
        holder = self._root if self._is_2 else self._within(self._root, "components")
        for section in self._sections if holder else ():
            entries = self._within(holder, section) if holder else None
            for name, entry in entries.items() if entries else ():
                place = _fragment(pointers.join("" if self._is_2 else "/components", section, name))
                self._homes[entry.key] = place
                if entry.document is not self._root.document:
                    self._placed.setdefault(entry.key, place)
                target = self._target(entry)
                if target is not None and len(entry.value) == 1 and target.document is not self._root.document:
                    self._placed.setdefault(target.key, place)

    def _within(self, holder: Cursor, name: str) -> Cursor | None:
        found = holder.get(name)
        return (self._end(found) or found) if found else None

    def _copy(self, cursor: Cursor, kind: str) -> Any:
        value = cursor.value
        if not is_mapping(value):
            return value
        target = self._target(cursor) if kind != "document" else None
        if target is not None and kind == "components":
            end = self._end(cursor)
            return self._copy(end, kind) if end else value
        if target is not None:
            return self._reference(cursor, target, kind)
        copied = dict(value)
        for name in value:
            field = grammar.field_of(kind, name)
            if field is not None:
                copied[name] = self._field(cursor.child(name), field)
            elif name in _TEXT and kind != "schema":
                copied[name] = self._data(cursor.child(name))
        if kind == "schema":
            self._copy_schema(cursor, copied)
        return copied

    def _data(self, cursor: Cursor) -> Any:
        """Return what holds no objects; references in it, which a split document may have, are followed."""
        target = self._end(cursor) or cursor
        if target.key in self._inlined:
            return cursor.value
        self._inlined.append(target.key)
        try:
            if is_list(target.value):
                return [self._data(element) for element in target.elements()]
            if is_mapping(target.value):
                return {name: self._data(member) for name, member in target.items()}
            return target.value
        finally:
            self._inlined.pop()

    def _field(self, cursor: Cursor, field: grammar.Field) -> Any:
        if field.how in (grammar.MAP, grammar.LIST):
            # A split document may keep the members of a mapping, or of a list, in another place all together.
            target = self._end(cursor)
            if target is not None:
                return self._field(target, field)
        if field.how == grammar.MAP and is_mapping(cursor.value):
            return {name: self._copy(member, field.kind) for name, member in cursor.items()}
        if field.how in (grammar.LIST, grammar.ONE_OR_LIST) and is_list(cursor.value):
            return [self._copy(element, field.kind) for element in cursor.elements()]
        if field.how in (grammar.ONE, grammar.ONE_OR_LIST):
            return self._copy(cursor, field.kind)
        return cursor.value

    def _copy_schema(self, cursor: Cursor, copied: dict[str, Any]) -> None:
        if cursor.document is not self._root.document and "$dynamicAnchor" not in copied:
            # It would change what the references in it are relative to.
            copied.pop("$id", None)
        mapping = cursor.get("discriminator")
        mapping = mapping.get("mapping") if mapping else None
        if mapping is None or not is_mapping(mapping.value):
            return
        renewed = dict(mapping.value)
        for value, name in mapping.value.items():
            target = self._resolve(name, cursor) if isinstance(name, str) and re.search("[/#.]", name) else None
            if target is not None and self._leads_elsewhere(cursor, target):
                self._await(renewed, value, target, "schema")
        copied["discriminator"] = {**cursor.value["discriminator"], "mapping": renewed}

    def _reference(self, cursor: Cursor, target: Cursor, kind: str) -> Any:
        if cursor.key in self._homes and self._placed.get(target.key) == self._homes[cursor.key]:
            return self._copy(target, kind)
        if kind not in self._sections.values() and target.document is not self._root.document:
            return self._inline(cursor, target, kind)
        copied = dict(cursor.value)
        if self._leads_elsewhere(cursor, target):
            self._await(copied, "$ref", target, kind)
        return copied

    def _inline(self, cursor: Cursor, target: Cursor, kind: str) -> Any:
        """Put what cannot be a component in the place of the reference."""
        if target.key in self._inlined:
            return cursor.value
        self._inlined.append(target.key)
        try:
            copied = self._copy(target, kind)
        finally:
            self._inlined.pop()
        siblings = {name: value for name, value in cursor.value.items() if name != "$ref"}
        return {**copied, **siblings} if is_mapping(copied) else copied

    def _await(self, holder: dict[str, Any], field: str, target: Cursor, kind: str) -> None:
        """Let a field lead to the target, and move that into the components unless it has a place."""
        key = target.key
        self._waiting.append((holder, field, key))
        if key in self._placed:
            return
        if target.document is self._root.document:
            self._placed[key] = _fragment(target.pointer)
        elif key not in self._moved:
            self._moved[key] = (kind, target, None)
            self._queue.append(key)

    def _name(self, result: dict[str, Any]) -> None:
        """Give everything that was moved a name: the shortest that no other thing of its kind has."""
        components: dict[str, Any] = result if self._is_2 else result.setdefault("components", {})
        for section, kind in self._sections.items():
            moved = {key: target for key, (its_kind, target, _) in self._moved.items() if its_kind == kind}
            if not moved:
                continue
            entries: dict[str, Any] = components.setdefault(section, {})
            names = _names(moved, frozenset(entries))
            for key in sorted(moved, key=names.__getitem__):
                entries[names[key]] = self._moved[key][2]
                prefix = f"#/{section}" if self._is_2 else f"#/components/{section}"
                self._placed[key] = f"{prefix}/{names[key]}"

    def _target(self, cursor: Cursor) -> Cursor | None:
        to = reference(cursor.value)
        return self._resolve(to, cursor) if to is not None else None

    def _end(self, cursor: Cursor) -> Cursor | None:
        """Return what a chain of references leads to; None where none stands here, or it leads nowhere."""
        if reference(cursor.value) is None:
            return None
        try:
            return self._resolver.follow(cursor)
        except DocumentError:
            return None

    def _resolve(self, to: str, base: Cursor) -> Cursor | None:
        try:
            return self._resolver.resolve(to, base)
        except DocumentError:
            return None

    def _leads_elsewhere(self, cursor: Cursor, target: Cursor) -> bool:
        return not (cursor.document is self._root.document and target.document is self._root.document)


def _fragment(pointer: str) -> str:
    return "#" + quote(pointer, safe="/~!$&'()*+,;=:@?")


def _sections(root: Cursor) -> dict[str, str]:
    """Return the sections of components that the document's version has."""
    if "swagger" in root:
        return grammar.SECTIONS_2
    version = str(root.value.get("openapi"))
    absent = {"mediaTypes"} if version.startswith("3.1") else set[str]()
    absent = {"mediaTypes", "pathItems"} if version.startswith("3.0") else absent
    return {section: kind for section, kind in grammar.SECTIONS.items() if section not in absent}


def _names(moved: dict[str, Cursor], taken: frozenset[str]) -> dict[str, str]:
    """Choose names that depend on nothing but what is moved, not on its order."""
    names: dict[str, str] = {}
    left = dict(moved)
    for spell in (_short, _with_file, _with_path, _whole):
        spelled: dict[str, list[str]] = {}
        for key, target in left.items():
            spelled.setdefault(spell(target), []).append(key)
        for name, keys in spelled.items():
            if len(keys) == 1 and name not in taken and name not in names.values():
                names[keys[0]] = name
        left = {key: target for key, target in left.items() if key not in names}
    return names


def _short(target: Cursor) -> str:
    tokens = pointers.parse(target.pointer)
    return _clean(tokens[-1]) if tokens else _stem(target.document)


def _with_file(target: Cursor) -> str:
    return f"{_stem(target.document)}_{_short(target)}"


def _with_path(target: Cursor) -> str:
    return _clean("_".join((target.document.name, *pointers.parse(target.pointer))))


def _whole(target: Cursor) -> str:
    """Spell every byte, so that no two targets have the same name."""
    return "".join(
        character if character.isascii() and (character.isalnum() or character in "-.") else f"_{ord(character):x}_"
        for character in target.key
    )


def _stem(document: Document) -> str:
    return _clean(PurePosixPath(document.name).name.split(".")[0])


def _clean(text: str) -> str:
    return _NOT_A_NAME.sub("_", text).strip("_") or "_"
