"""Compares the members of unions: which there are, and what tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bothends.comparison.model import Verdict
from bothends.comparison.rules import RULES
from bothends.comparison.views import View, component_name, named, reference_key
from bothends.lowering.all_of import flatten
from bothends.lowering.context import Context
from bothends.lowering.keywords import constraints, equivalent, replaced, without
from bothends.spec.schema import Discriminator, Schema, SchemaObject

if TYPE_CHECKING:
    from bothends.comparison.walk import Walk

_MOST_TRIALS = 2
_UNIONS = ("oneOf", "anyOf")


def compare_unions(walk: Walk, old: View, new: View, place: str) -> bool:
    """Report what changed about members; returns whether the rest is worth comparing."""
    before, after = _members(old), _members(new)
    if not before and not after:
        return True
    if bool(before) != bool(after):
        return _one_became_many(walk, old, new, before or after, place)
    _discriminator(walk, old, new, place)
    remaining = list(after)
    for member in before:
        match = _match(member, remaining, walk.old, walk.new)
        if match is None:
            walk.report("variant-removed", place, f"{_label(member)} was removed", member.location, new.location)
            continue
        remaining.remove(match)
        walk.compare(member, match, f"{place}|{_label(match)}")
    for member in remaining:
        walk.report("variant-added", place, f"{_label(member)} was added", old.location, member.location)
    return True


def _is_union(view: View) -> bool:
    return any(name in view.flat for name in _UNIONS)


def _members(view: View) -> tuple[Schema, ...]:
    for name in _UNIONS:
        if name in view.flat:
            members: tuple[Schema, ...] = view.get(name)
            return members
    return ()


def _one_became_many(walk: Walk, old: View, new: View, members: Sequence[Schema], place: str) -> bool:
    """Report that something stands where a union of it stood, or the other way round."""
    is_wider = _is_union(new)
    single, many, context = (old, new, walk.new) if is_wider else (new, old, walk.old)
    kept = [member for member in members if _is_like(single, member, context)]
    if not kept:
        if single.is_typed and not many.is_typed:
            rule = "type-widened" if _stays_valid(walk, old, new) else "type-changed"
            walk.report(rule, place, f"was {named(old)}, is {named(new)}", old.location, new.location)
            return False
        # What stands beside the union says what the value is: the union is one more condition.
        if _is_implied(single, members, context):
            return True  # what is required is compared by itself
        how = "added" if is_wider else "removed"
        walk.report(f"condition-{how}", place, f"a union was {how}", old.location, new.location)
        return True
    for member in members:
        if member is not kept[0]:
            rule, how = ("variant-added", "added") if is_wider else ("variant-removed", "removed")
            walk.report(rule, place, f"{_label(member)} was {how}", old.location, new.location)
    return False


def _stays_valid(walk: Walk, old: View, new: View) -> bool:
    """Whether every value of the one is valid for the other, as far as schemas that stand there tell."""
    before, after = _members(old) or (old.flat,), _members(new) or (new.flat,)
    # Trials within trials without end would take time without end.
    return walk.trials < _MOST_TRIALS and all(any(_is_accepted(walk, value, by) for by in after) for value in before)


def _is_accepted(walk: Walk, value: Schema, by: Schema) -> bool:
    trial = walk.trial()
    trial.compare_whole(value, by, "")
    found = trial.found()
    return not found.pairs and all(RULES[one.rule].first is not Verdict.BREAKING for one in found.differences)


def _is_implied(single: View, members: Sequence[Schema], context: Context) -> bool:
    """Whether what one schema requires is all that a member of the union requires, and it asks for nothing else."""
    required = set(single.get("required", ()))
    for member in members:
        flat = flatten(member, context)
        if isinstance(flat, SchemaObject) and constraints(flat).keys() <= {"required", "type"}:
            is_object = flat.get("type", ("object",)) == ("object",)
            if is_object and set(flat.get("required", ())) <= required:
                return True
    return False


def _is_like(single: View, member: Schema, context: Context) -> bool:
    flat = flatten(member, context)
    if not isinstance(flat, SchemaObject):
        return False
    bare = without(flat, {"$anchor", "$id"})
    return equivalent(replaced(single.flat, {"type": tuple(sorted(single.types)), **_rest(single.flat)}), _typed(bare))


def _typed(flat: SchemaObject) -> SchemaObject:
    return replaced(flat, {"type": tuple(sorted(flat.get("type", ()))), **_rest(flat)})


def _rest(flat: SchemaObject) -> dict[str, object]:
    return {name: value for name, value in flat.keywords.items() if name != "type"}


def _match(member: Schema, others: Sequence[Schema], old: Context, new: Context) -> Schema | None:
    """Return the member that is this one: of the same name, constant, spelling, title or only shape."""
    key = reference_key(member)
    if key is not None:
        return next((other for other in others if reference_key(other) == key), None)
    inline = [other for other in others if reference_key(other) is None]
    for same in (_constants, _title, _kind):
        mine = same(member, old)
        found = [other for other in inline if mine and same(other, new) == mine]
        if len(found) == 1:
            return found[0]
    return next((other for other in inline if equivalent(member, other)), None)


def _constants(schema: Schema, context: Context) -> tuple[tuple[str, str], ...]:
    flat = flatten(schema, context)
    if not isinstance(flat, SchemaObject):
        return ()
    found: list[tuple[str, str]] = []
    for name, inner in flat.get("properties", {}).items():
        value = flatten(inner, context)
        if isinstance(value, SchemaObject) and len(value.get("enum", ())) == 1:
            found.append((name, repr(value.get("enum")[0])))
    return tuple(sorted(found))


def _title(schema: Schema, _: Context) -> str:
    return str(schema.get("title", "")) if isinstance(schema, SchemaObject) else ""


def _kind(schema: Schema, context: Context) -> tuple[str, ...]:
    flat = flatten(schema, context)
    return tuple(sorted(flat.get("type", ()))) if isinstance(flat, SchemaObject) else ()


def _label(schema: Schema) -> str:
    key = reference_key(schema)
    if key is not None:
        return component_name(key)
    if isinstance(schema, SchemaObject):
        return str(schema.get("title") or " or ".join(schema.get("type", ())) or "a variant")
    return "a variant"


def _discriminator(walk: Walk, old: View, new: View, place: str) -> None:
    before: Discriminator | None = old.get("discriminator")
    after: Discriminator | None = new.get("discriminator")
    if before is None or after is None:
        if before is not after:
            how = "added" if after else "removed"
            walk.report(f"discriminator-{how}", place, f"a discriminator was {how}", old.location, new.location)
        return
    if before.property_name != after.property_name:
        message = f"discriminator was {before.property_name}, is {after.property_name}"
        walk.report("discriminator-changed", place, message, old.location, new.location)
        return
    was, now = dict(before.mapping), dict(after.mapping)
    for value in sorted(was.keys() & now.keys()):
        if was[value] != now[value]:
            message = f"{value!r} meant {component_name(was[value])}, means {component_name(now[value])}"
            walk.report("discriminator-changed", place, message, old.location, new.location)
