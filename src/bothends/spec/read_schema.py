"""In comes a place in a document, out comes its schema in the normal form; what it refers to is read when asked for.

Inline subschemas are read along with their owner. The walk goes over plain data and makes no cursor for each of the
tens of thousands of schemas that a large document has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_list, is_mapping
from bothends.loading.document import Document
from bothends.loading.pointer import escape
from bothends.loading.resolve import Resolver
from bothends.spec.cures import ANNOTATIONS, into_all_of, renamed, without
from bothends.spec.dialect import Dialect, schema_dialect
from bothends.spec.dynamic import MAX_COPIES, NO_CONSTRAINTS, NOWHERE, Scope, Scopes, above, recursive_target
from bothends.spec.extensions import is_known
from bothends.spec.keywords import SIMPLE, Rule, Site, finish, foreign, weight
from bothends.spec.kinds import check_kind
from bothends.spec.misfits import mend_misfits
from bothends.spec.nullable import or_null
from bothends.spec.older_drafts import additional_items, dependencies
from bothends.spec.schema import (
    MANY_SCHEMAS,
    NAMED_SCHEMAS,
    ONE_SCHEMA,
    BooleanSchema,
    Discriminator,
    Reference,
    Schema,
    SchemaObject,
)

MAX_DEPTH: Final = 150

_SPELLINGS: Final = {
    name.lower(): name for name in sorted({*SIMPLE, *ONE_SCHEMA, *MANY_SCHEMAS, *NAMED_SCHEMAS, "discriminator"})
}


@dataclass(frozen=True, slots=True)
class _References:
    """What the references of one document mean; where ``$id`` is used, one spelling may mean different places."""

    is_constant: bool
    targets: dict[str, Reference] = field(default_factory=dict[str, Reference])


class SchemaReader:
    """Reads schemas by place or by canonical key, each of them once.

    Canonical keys are those of the newest version: ``#/definitions/Pet`` of a 2.0 document is
    ``#/components/schemas/Pet``. ``components`` maps names to keys and is what a discriminator's names mean; ``homes``
    maps schemas of other files to the components that stand for them (:mod:`bothends.spec.homes`).
    """

    def __init__(self, dialect: Dialect, resolver: Resolver, report: Report) -> None:
        self.dialect = dialect
        self.resolver = resolver
        self.report = report
        self.components: Mapping[str, str] = {}
        self.homes: Mapping[str, str] = {}
        self._schemas: dict[str, Schema] = {}
        self._tables: dict[str, dict[str, Rule]] = {}
        self._references: dict[int, _References] = {}
        self._scopes = Scopes(resolver)
        # The keys of schemas that were read in a scope of their own, by what makes their meaning.
        self._copies: dict[tuple[str, ...], str] = {}

    def read(self, cursor: Cursor) -> Schema:
        """Return the schema that stands at a place."""
        key = self.dialect.public_key(cursor.key)
        found = self._schemas.get(key)
        if found is None:
            found = self._node_at(cursor, key, self._scopes.at(cursor), 0)
        return found

    def at(self, key: str) -> Schema:
        """Return the schema of a canonical key; ``DocumentError`` if there is none."""
        found = self._schemas.get(key)
        if found is not None:
            return found
        try:
            place = self.resolver.at(self.dialect.own_key(key))
        except (KeyError, ValueError):
            message = f"no schema has the key {key!r}"
            raise DocumentError(Diagnostic("unresolved-reference", Severity.ERROR, message)) from None
        return self.read(place)

    def made(self, schema: SchemaObject) -> SchemaObject:
        """Keep a schema that no place in the document holds in this form, so that its key leads to it."""
        self._schemas[schema.key] = schema
        return schema

    def _dialect_at(self, cursor: Cursor) -> Dialect:
        """Return the dialect of a place: that of the nearest ``$schema`` above it, else the document's."""
        if not self.dialect.type_lists:
            return self.dialect
        found = self.dialect
        for _, value in above(cursor.document, cursor.pointer):
            named = value.get("$schema")
            found = (schema_dialect(named) if isinstance(named, str) else None) or found
        return found

    def _node_at(self, place: Cursor, key: str, scope: Scope, depth: int) -> Schema:
        return self._node(place.value, place.document, place.pointer, key, self._dialect_at(place), depth, scope)

    def _node(
        self, value: Any, document: Document, pointer: str, key: str, dialect: Dialect, depth: int, scope: Scope
    ) -> Schema:
        location = Location(document.uri, pointer)
        schema: Schema
        if not is_mapping(value) or depth > MAX_DEPTH:
            schema = self._no_mapping(value, location, key, depth)
        elif self._is_too_large(value, location):
            schema = BooleanSchema(key, location, True)
        else:
            site = Site(value, document, pointer, key, dialect, depth, self.report, scope)
            keywords = self._keywords(site)
            if site.nullable:
                keywords = or_null(keywords, f"{key}/{dialect.null_keyword or 'nullable'}", location)
                self._keep_parts(keywords)
            schema = SchemaObject(key, location, keywords)
        self._schemas[key] = schema
        return schema

    def _no_mapping(self, value: Any, location: Location, key: str, depth: int) -> Schema:
        if isinstance(value, bool):
            return BooleanSchema(key, location, value)
        if depth > MAX_DEPTH:
            hint = "move inner schemas to components and refer to them"
            self.report.error("too-deep", f"schemas are nested more than {MAX_DEPTH} deep", location, hint)
        else:
            self.report.warning("wrong-type", "a schema must be a mapping; any value is taken", location)
        return BooleanSchema(key, location, True)

    def _is_too_large(self, value: Mapping[str, Any], location: Location) -> bool:
        """Report a schema that has too much of something; nobody looks into it."""
        limits = self.resolver.limits
        many = {"enum": limits.enum_values, "allOf": limits.parts, "anyOf": limits.parts, "oneOf": limits.parts}
        for name in value.keys() & many:
            if is_list(value[name]) and (found := weight(value[name])) > many[name]:
                code = "too-many-enum-values" if name == "enum" else "too-many-parts"
                place = Location(location.uri, f"{location.pointer}/{name}")
                self.report.error(code, f"{name!r} has {found:,} entries, more than {many[name]:,}", place)
                return True
        return False

    def _keep_parts(self, keywords: Mapping[str, Any]) -> None:
        for part in keywords.get("anyOf", ()):
            self._schemas.setdefault(part.key, part)

    def _keywords(self, site: Site) -> dict[str, Any]:
        value = site.value
        if "$schema" in value:
            site.dialect = self._declared(site) or site.dialect
        if "$ref" in value and not site.dialect.ref_siblings and isinstance(value["$ref"], str):
            self._bare_reference(site)
            return site.keywords
        table = self._tables.get(site.dialect.name) or self._table(site.dialect)
        for name, raw in value.items():
            rule = table.get(name)
            if rule is not None:
                rule(site, name, raw)
            elif name.startswith("x-"):
                if is_known(name):
                    site.keywords[name] = raw
            else:
                meant = _SPELLINGS.get(name.replace("_", "").replace("-", "").lower())
                hint = f"did you mean {meant!r}?" if meant else None
                fix = renamed(site, name, meant) if meant else ()
                site.note("ignored-keyword", f"{name!r} is not a keyword of a schema", name, hint, fix)
        if site.limited or site.exclusive:
            finish(site)
        if (items := mend_misfits(site)) is not None:
            self._schemas[items.key] = items
        return site.keywords

    def _declared(self, site: Site) -> Dialect | None:
        uri = site.value["$schema"]
        found = schema_dialect(uri) if isinstance(uri, str) else None
        if found is None and site.dialect.type_lists:
            site.note("ignored-keyword", f"dialect {uri!r} is not known; read as {site.dialect.name}", "$schema")
        return found if site.dialect.type_lists else None

    def _bare_reference(self, site: Site) -> None:
        """Read a reference in a version in which nothing beside it counts."""
        siblings = [name for name in site.value if name != "$ref" and not name.startswith("x-")]
        self._reference(site, "$ref", site.value["$ref"])
        fix = into_all_of(site)
        null_keyword = site.dialect.null_keyword
        if null_keyword and site.value.get(null_keyword) is True:
            site.nullable = True
            siblings = [name for name in siblings if name != null_keyword]
            message = f"{null_keyword!r} has no meaning beside '$ref' in {site.dialect.name}; read as 'or null'"
            site.warn("invalid-document", message, null_keyword, "put the reference into an 'allOf'", fix)
        if not siblings:
            return
        kept = [name for name in siblings if name in ANNOTATIONS]
        table = self._tables.get(site.dialect.name) or self._table(site.dialect)
        for name in kept:
            if name in table:
                table[name](site, name, site.value[name])
        lost = [name for name in siblings if name not in ANNOTATIONS]
        message = f"{_listed(lost or kept)} beside '$ref' has no meaning in {site.dialect.name}"
        if not lost:
            message = f"{message}; kept as documentation"
        add = site.warn if lost else site.note
        add("ignored-keyword", message, (lost or kept)[0], "put the reference into an 'allOf'", fix)

    def _table(self, dialect: Dialect) -> dict[str, Rule]:
        rules: dict[str, Rule] = {
            **SIMPLE,
            **dict.fromkeys(ONE_SCHEMA, self._one),
            **dict.fromkeys(MANY_SCHEMAS, self._many),
            **dict.fromkeys(NAMED_SCHEMAS, self._named),
            "$ref": self._reference,
            "$dynamicRef": self._dynamic_reference,
            "$recursiveRef": self._recursive_reference,
            "discriminator": self._discriminator,
            "items": self._items,
            "dependencies": dependencies(self._child),
        }
        table = {name: rule if name in dialect.keywords else foreign(rule) for name, rule in rules.items()}
        table["additionalItems"] = additional_items(self._child)
        self._tables[dialect.name] = table
        return table

    def _child(self, site: Site, suffix: str, raw: Any) -> Schema:
        pointer = site.pointer + suffix
        scope = site.scope
        if is_mapping(raw) and "$id" in raw:
            # Definitions are not come to by evaluation, but by references, which have their own way of it.
            outer = NOWHERE if suffix.startswith("/$defs/") else scope
            scope = self._scopes.at(Cursor(raw, site.document, pointer), outer)
        return self._node(raw, site.document, pointer, site.key + suffix, site.dialect, site.depth + 1, scope)

    def _one(self, site: Site, name: str, raw: Any) -> None:
        site.keywords[name] = self._child(site, f"/{name}", raw)

    def _many(self, site: Site, name: str, raw: Any) -> None:
        if not is_list(raw):
            site.wrong_type(name, "a list of schemas")
        elif not raw:
            site.warn("invalid-value", f"{name!r} holds no schema", name, fix=without(site, name))
        else:
            site.keywords[name] = tuple([self._child(site, f"/{name}/{index}", part) for index, part in enumerate(raw)])

    def _named(self, site: Site, name: str, raw: Any) -> None:
        if not is_mapping(raw):
            site.wrong_type(name, "a mapping of names to schemas")
            return
        if isinstance(raw.get("$ref"), str):
            self._named_elsewhere(site, name, raw)
            return
        start = f"/{name}/"
        site.keywords[name] = {key: self._child(site, start + escape(key), part) for key, part in raw.items()}

    def _named_elsewhere(self, site: Site, name: str, raw: Any) -> None:
        """Read names and schemas that a split document keeps in another place, all of them together."""
        try:
            holder = self.resolver.follow(Cursor(raw, site.document, f"{site.pointer}/{name}"))
        except DocumentError as error:
            for diagnostic in error.diagnostics:
                self.report.add(diagnostic)
            return
        if not is_mapping(holder.value):
            site.wrong_type(name, "a mapping of names to schemas")
            return
        site.note("invalid-document", f"{name!r} has to name schemas, not a reference; it was followed", name)
        site.keywords[name] = {key: self.read(place) for key, place in holder.items()}

    def _items(self, site: Site, name: str, raw: Any) -> None:
        if not is_list(raw):
            self._one(site, name, raw)
            return
        if not site.dialect.item_lists:
            message = "'items' must be one schema; a list of them is read as 'prefixItems'"
            fix = renamed(site, name, "prefixItems") if raw and "additionalItems" not in site.value else ()
            site.warn("invalid-document", message, name, fix=fix)
        if raw and "prefixItems" not in site.value:
            parts = [self._child(site, f"/items/{index}", part) for index, part in enumerate(raw)]
            site.keywords["prefixItems"] = tuple(parts)

    def _reference(self, site: Site, name: str, raw: Any) -> None:
        known = self._references.get(id(site.document))
        if known is None:
            known = self._references[id(site.document)] = _References(not site.document.mentions("$id"))
        found = known.targets.get(raw) if isinstance(raw, str) else None
        if found is None or site.scope or found.key == site.key:
            target = self._target(site, name, raw)
            if target is None:
                return
            if self._scopes.needed:
                self._refer(site, name, target)
                return
            home = self.homes.get(target.key)
            if home == site.key:
                self._adopt(site, target, site.scope)
                return
            found = Reference(home or self.dialect.public_key(target.key))
            if known.is_constant and not self.resolver.is_relative(raw, site.document):
                known.targets[raw] = found
        site.keywords[name] = found

    def _dynamic_reference(self, site: Site, name: str, raw: Any) -> None:
        target = self._target(site, name, raw)
        if target is not None:
            self._refer(site, name, self._scopes.meant(raw, target, site.scope))

    def _recursive_reference(self, site: Site, name: str, raw: Any) -> None:
        pointer = recursive_target(site.document, site.pointer)
        if pointer is None or raw != "#":
            site.warn(
                "unsupported-construct", f"{name!r} has no '$recursiveAnchor' around it; any value is taken", name
            )
            return
        target = self.resolver.at(site.document.key(pointer))
        self._refer(site, "$dynamicRef", self._scopes.meant(raw, target, site.scope))

    def _refer(self, site: Site, name: str, target: Cursor) -> None:
        """Take a reference to a schema, in the scope that it is met in."""
        scope = self._scopes.at(target, site.scope)
        meaning = self._scopes.differs(target, scope)
        key = self._copies.get(meaning, "") if meaning else self.dialect.public_key(target.key)
        if not key and len(self._copies) >= MAX_COPIES:
            message = f"what this means depends on more than {MAX_COPIES:,} places of use; read as the nearest"
            site.warn("unsupported-construct", message, name)
            key = self.dialect.public_key(target.key)
        if not key and site.value.keys() <= NO_CONSTRAINTS | {name} and is_mapping(target.value):
            self._copies[meaning] = site.key
            self._adopt(site, target, scope)
            return
        if not key:
            key = self._copies[meaning] = f"{site.key}/{escape(name)}"
            self._node_at(target, key, scope, site.depth + 1)
        site.keywords[name] = Reference(key)

    def _adopt(self, site: Site, target: Cursor, scope: Scope) -> None:
        """Read a schema in the place of one that is nothing but a reference to it."""
        dialect = self._dialect_at(target)
        value = {name: part for name, part in target.value.items() if name not in ("$defs", "definitions")}
        inner = Site(value, target.document, target.pointer, site.key, dialect, site.depth + 1, self.report, scope)
        for name, part in self._keywords(inner).items():
            site.keywords.setdefault(name, part)

    def _target(self, site: Site, name: str, raw: Any) -> Cursor | None:
        if not isinstance(raw, str):
            site.wrong_type(name, "a string")
            return None
        return self._resolve(raw, site, self.report.add)

    def _resolve(self, reference: str, site: Site, complain: Callable[[Diagnostic], None]) -> Cursor | None:
        try:
            source = Cursor(site.value, site.document, site.pointer)
            target = self.resolver.resolve(reference, source)
            check_kind("schema", source, self.resolver.follow(target))
            return target
        except DocumentError as error:
            for diagnostic in error.diagnostics:
                complain(diagnostic)
            return None

    def _discriminator(self, site: Site, name: str, raw: Any) -> None:
        given = raw if is_mapping(raw) else {"propertyName": raw}
        property_name = given.get("propertyName")
        if not isinstance(property_name, str):
            site.warn("wrong-type", "a discriminator must have a 'propertyName' that is a string", name)
            return
        mapping: object = given.get("mapping", {})
        if not is_mapping(mapping):
            site.wrong_type(name, "a mapping whose 'mapping' is one, too")
            mapping = {}
        found = {value: self._mapped(site, target) for value, target in mapping.items()}
        default = given.get("defaultMapping")
        site.keywords[name] = Discriminator(
            property_name,
            tuple((value, key) for value, key in found.items() if key is not None),
            self._mapped(site, default) if default is not None else None,
        )

    def _mapped(self, site: Site, target: Any) -> str | None:
        """Return the key that a value of a discriminator's mapping means: a name of a component, else a reference."""
        if isinstance(target, str) and target in self.components:
            return self.components[target]
        found = self._resolve(target, site, lambda _: None) if isinstance(target, str) else None
        if found is None:
            message = f"{target!r} is neither the name of a component schema nor a reference to a schema"
            site.warn("unresolved-reference", message, "discriminator")
            return None
        return self.homes.get(found.key) or self.dialect.public_key(found.key)


def _listed(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names)
