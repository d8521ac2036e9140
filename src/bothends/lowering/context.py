"""What every rule receives: the document, the report, and the declarations under construction.

Rules call each other through the context (``type_of``, ``check_of``, ``use``, ``content_of``), which keeps their
modules free of cycles. Declarations wait in a queue instead of being lowered where they are met, so that deep
documents need no deep stack.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from bothends.diagnostics.model import DocumentError, Location, Report, Severity
from bothends.ir.checks import Check
from bothends.ir.declarations import Declaration, NamedCheck
from bothends.ir.operations import Content
from bothends.ir.types import Type, TypeId
from bothends.lowering.keywords import equivalent
from bothends.lowering.options import LoweringOptions
from bothends.lowering.plain import Plain
from bothends.spec.objects import Document, MediaType
from bothends.spec.schema import BooleanSchema, Reference, Schema

#: How deep anonymous types (lists in lists, unions in maps) are nested before one gets a name, and checks at all.
MAX_DEPTH: Final = 64
#: How many schemas are put together within each other.
_MAX_FLATTENING: Final = 110
#: How many steps one question about schemas may take (whether a value is valid, whether two are disjoint).
MAX_EFFORT: Final = 20_000
#: How many steps it takes to put a schema together, besides one for each property.
_STEPS_OF_FLATTENING: Final = 8
#: How many members unions in place of members of a union may have before they are no longer spread out.
MAX_MEMBERS: Final = 300


class Context:
    """The state of one lowering."""

    type_of: Callable[[Schema, TypeId], Type]
    check_of: Callable[[Schema], Check]
    use: Callable[[Reference], Type]
    content_of: Callable[[MediaType, TypeId], Content]

    def __init__(self, document: Document, report: Report, options: LoweringOptions) -> None:
        self.document = document
        self.report = report
        self.options = options
        self.components = frozenset(document.component_schemas.values())
        self.declarations: dict[TypeId, Declaration] = {}
        self.checks: dict[str, NamedCheck | None] = {}
        self.waiting: list[tuple[TypeId, Schema]] = []
        self.open_keys: dict[str, bool] = {}
        self.depth = 0
        self.values: dict[tuple[int, str], tuple[str, ...] | None] = {}
        # By identity of the schema: whether null is valid, and what else is. The values of an enumeration that are.
        self.cores: dict[int, tuple[Schema, tuple[bool, Schema]]] = {}
        self.enums: dict[int, tuple[Schema, tuple[list[Any], bool]]] = {}
        # By identity of a schema that nothing satisfies by the letter: whether it is read as one that something does.
        self.cured: dict[int, tuple[Schema, bool]] = {}
        # By identity of a schema with a union: what its heirs inherit, and who they are.
        self.bases: dict[int, tuple[Schema, Schema, frozenset[str]]] = {}
        # By identity of the members of a ``oneOf``: which of them nothing tells apart.
        self.groups: dict[int, tuple[Sequence[Schema], list[list[int]]]] = {}
        self.origins: dict[int, tuple[Schema, str]] = {}
        self.traced: set[str] = set()
        self.plain: dict[Plain, Type] = {}
        self.members = 0
        self.unions = 0
        self._effort = 0
        self._total_effort = 0
        self._properties = 0
        self._merging = 0
        self._kept: list[Schema] = []
        self._verdicts: dict[tuple[int, int, type, Any], tuple[Schema, bool | None]] = {}
        self._claimed: dict[TypeId, Schema] = {}
        self._flat: dict[int, tuple[Schema, Schema]] = {}
        self._flattening: dict[int, Schema] = {}

    def keep(self, schema: Schema) -> None:
        """Keep a schema alive, so that what is known of it by its identity stays true."""
        self._kept.append(schema)

    def target(self, reference: Reference) -> Schema:
        """Return the schema that a reference means; one that accepts anything where it cannot be read."""
        try:
            return self.document.schema(reference.key)
        except DocumentError as error:
            for diagnostic in error.diagnostics:
                self.report.add(diagnostic)
            return BooleanSchema(reference.key, Location(self.document.location.uri), True)

    def claim(self, id: TypeId, schema: Schema) -> TypeId:
        """Queue the declaration of a schema under its identity, and return that.

        Two schemas that differ may not share an identity: the second is known by its own place.
        """
        above = self._claimed_above(id, schema)
        if above is not None:
            return above
        first = self._claimed.setdefault(id, schema)
        if first is schema:
            if id not in self.declarations:
                self.waiting.append((id, schema))
        elif not equivalent(first, schema) and id != TypeId(schema.key):
            return self.claim(TypeId(schema.key), schema)
        return id

    def _claimed_above(self, id: TypeId, schema: Schema) -> TypeId | None:
        """Return the identity of what an inline schema stands in, if it is the same: parts of each other, merged."""
        for length in range(len(id.steps)):
            outer = TypeId(id.anchor, id.steps[:length])
            claimed = self._claimed.get(outer)
            if claimed is not None and equivalent(claimed, schema):
                return outer
        return None

    def is_claimed(self, id: TypeId) -> bool:
        """Tell whether a declaration of this identity exists or waits."""
        return id in self._claimed

    def remembered(self, schema: Schema, compute: Callable[[], Schema]) -> Schema:
        """Return ``compute()``, once for each schema; a schema that contains itself in place accepts anything."""
        found = self._flat.get(id(schema))
        if found is not None:
            return found[1]
        if not self.worth_merging(_STEPS_OF_FLATTENING):
            return BooleanSchema(schema.key, schema.location, True)
        if id(schema) in self._flattening or len(self._flattening) > _MAX_FLATTENING:
            self.report.warning(
                "reference-loop",
                "the schema contains itself, or is nested too deep; any value is taken",
                schema.location,
            )
            return BooleanSchema(schema.key, schema.location, True)
        self._flattening[id(schema)] = schema
        try:
            result = compute()
        finally:
            del self._flattening[id(schema)]
        self._flat[id(schema)] = (schema, result)
        return result

    @contextmanager
    def deeper(self) -> Generator[bool]:
        """Count a level of nesting; yields whether there is room for it."""
        self.depth += 1
        try:
            yield self.depth <= MAX_DEPTH
        finally:
            self.depth -= 1

    def effort(self, *, first: bool, steps: int = 1) -> bool:
        """Tell whether a question about schemas is worth more steps; ``first`` begins a new question.

        Whoever asks must have an answer that is right, if less neat, where there is none.
        """
        self._effort = MAX_EFFORT if first else self._effort - steps
        before = self._total_effort
        self._total_effort += steps
        most = self.options.limits.comparisons
        if before < most <= self._total_effort:
            message = f"comparing the schemas takes more than {most:,} steps; some types are looser for it"
            self.report.warning("too-complex", message, self.document.location)
        return self._effort > 0 and self._total_effort < most

    def room_for(self, members: int) -> bool:
        """Count properties of a record, or values of an enumeration; tell whether the document may have so many."""
        self._properties += members
        most = self.options.limits.properties
        if self._properties > most:
            message = f"the types have more than {most:,} properties and enum values together, inherited ones each time"
            self.report.error("too-many-properties", message, self.document.location)
        return self._properties <= most

    def worth_merging(self, steps: int) -> bool:
        """Count steps of putting schemas together from their parts; tell whether there may be so many."""
        before = self._merging
        self._merging += steps
        most = self.options.limits.comparisons
        if before < most <= self._merging:
            message = f"putting schemas together takes more than {most:,} steps; any value is taken for the others"
            self.report.warning("too-complex", message, self.document.location)
        return self._merging < most

    def judged(self, value: Any, schema: Schema, depth: int, judge: Callable[[], bool | None]) -> bool | None:
        """Return ``judge()``, once for each scalar value, schema and depth."""
        if isinstance(value, list | dict):
            return judge()
        key = (id(schema), depth, value.__class__, value)
        known = self._verdicts.get(key)
        if known is not None:
            return known[1]
        found = judge()
        if self._effort > 0:
            self._verdicts[key] = (schema, found)
        return found

    def too_deep(self, location: Location) -> None:
        """Report that a schema is nested too deep to be lowered."""
        self.report.warning(
            "unsupported-construct",
            f"lists, maps or unions are nested more than {MAX_DEPTH} deep; any value is taken below",
            location,
        )

    def add_error(self, error: DocumentError) -> None:
        """Report an error that concerns one part of the document as a warning: the run goes on without the part."""
        for diagnostic in error.diagnostics:
            if diagnostic.severity is Severity.ERROR:
                self.report.warning(diagnostic.code, diagnostic.message, diagnostic.location, diagnostic.hint)
            else:
                self.report.add(diagnostic)
