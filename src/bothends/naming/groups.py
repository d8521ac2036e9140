"""Names of groups of operations."""

from __future__ import annotations

from collections.abc import Collection

from bothends.diagnostics.model import Report
from bothends.naming.candidates import class_spellings, module_spellings
from bothends.naming.names import GroupName
from bothends.naming.places import Kind
from bothends.naming.reserved import reserved
from bothends.naming.scope import EXACT, PLAIN, Claim, settle
from bothends.naming.wishes import Wishes
from bothends.naming.words import split


def group_names(tags: Collection[str], wishes: Wishes, report: Report) -> dict[str, GroupName]:
    """Return module and class of each group. A wish is for the module; the class is called after it."""
    modules: list[Claim[str]] = []
    classes: list[Claim[str]] = []
    avoid, avoid_class = reserved("modules", "groups"), reserved("group_classes")
    for tag in tags:
        spellings = module_spellings(tag, tag, "group", "groups")
        claim = Claim(tag, spellings, tag, EXACT if spellings[0] == tag else PLAIN)
        modules.append(wishes.claim(claim, Kind.GROUPS, tag, avoid=avoid))
    module_of = settle(modules, report, str.casefold)
    for tag, module in module_of.items():
        chosen = wishes.chosen.get((Kind.GROUPS, tag, ""))
        spellings = class_spellings(split(chosen or tag), chosen or tag, avoid_class)
        claim = Claim(tag, spellings, tag, EXACT if spellings[0] == tag else PLAIN)
        follows = wishes.follows(Kind.GROUPS, tag, module)
        classes.append(wishes.claim(claim, Kind.CLASSES, tag, avoid=avoid_class, locked=follows))
    class_of = settle(classes, report, _without_async)
    return {tag: GroupName(module_of[tag], class_of[tag]) for tag in sorted(tags)}


def _without_async(name: str) -> str:
    """Fold names whose classes for both kinds of clients would meet: ``Pets`` has an ``AsyncPets`` beside it."""
    return name.removeprefix("Async") or name
