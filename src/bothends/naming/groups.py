"""Names of groups of operations."""

from __future__ import annotations

from collections.abc import Collection

from bothends.diagnostics.model import Report
from bothends.naming.candidates import class_spellings, module_spellings
from bothends.naming.names import GroupName
from bothends.naming.reserved import reserved
from bothends.naming.scope import EXACT, PLAIN, Claim, settle
from bothends.naming.words import split


def group_names(tags: Collection[str], report: Report) -> dict[str, GroupName]:
    """Return module and class of each group."""
    modules: list[Claim[str]] = []
    classes: list[Claim[str]] = []
    for tag in tags:
        spellings = module_spellings(tag, tag, "group", "groups")
        modules.append(Claim(tag, spellings, tag, EXACT if spellings[0] == tag else PLAIN))
        spellings = class_spellings(split(tag), tag, reserved("group_classes"))
        classes.append(Claim(tag, spellings, tag, EXACT if spellings[0] == tag else PLAIN))
    module_of = settle(modules, report, str.casefold)
    class_of = settle(classes, report, _without_async)
    return {tag: GroupName(module_of[tag], class_of[tag]) for tag in sorted(tags)}


def _without_async(name: str) -> str:
    """Fold names whose classes for both kinds of clients would meet: ``Pets`` has an ``AsyncPets`` beside it."""
    return name.removeprefix("Async") or name
