"""Names that the configuration chooses.

Keys are places in words: the anchor of a component or operation, followed by the steps to an inline type or
to a property, each after a slash: ``#/components/schemas/Pet``, ``#/components/schemas/Pet/owner``,
``operation:GET /pets``.
"""

from __future__ import annotations

import keyword
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from bothends.diagnostics.model import Report
from bothends.ir.operations import OperationId
from bothends.ir.types import TypeId
from bothends.naming.scope import CHOSEN, Claim
from bothends.naming.symbols import as_parsed

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Overrides:
    """Chosen names by key."""

    chosen: Mapping[str, str]

    def claim(self, place: TypeId | OperationId, claim: Claim[Key], *steps: str) -> Claim[Key]:
        """Return the claim with the chosen name in front, where there is one for the place and further steps."""
        anchor, inner = (place.anchor, place.steps) if isinstance(place, TypeId) else (place.anchor, ())
        name = self.chosen.get("/".join((anchor, *inner, *steps)))
        return claim if name is None else replace(claim, spellings=(name, *claim.spellings), rank=CHOSEN)


def read_overrides(chosen: Mapping[str, str], report: Report) -> Overrides:
    """Return the overrides whose names are usable; report the others."""
    usable: dict[str, str] = {}
    for key, chosen_name in chosen.items():
        name = as_parsed(chosen_name)
        if name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("_"):
            usable[key] = name
        else:
            report.error("invalid-configuration", f"{name!r} cannot be the name of {key!r}")
    return Overrides(usable)
