"""No name is told from another by a running number or a digest: every digit of a name stands in the document.

The documents are those of ``specs/``, and those in the folder that the variable ``BOTHENDS_CORPUS`` names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.ir.declarations import Enumeration
from bothends.naming.lock import NameLock
from bothends.naming.places import Kind
from bothends.pipeline import Session
from support.documents import SPECS

CORPUS = sorted(Path(os.environ["BOTHENDS_CORPUS"]).glob("*.*")) if "BOTHENDS_CORPUS" in os.environ else []
DIGITS = re.compile(r"\d+")
STATUS = re.compile(r"Status\d(\d\d|XX)")


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
def test_no_name_of_our_documents_has_a_number_of_its_own(spec: Path) -> None:
    assert numbered(spec) == []


@pytest.mark.slow
@pytest.mark.parametrize("spec", [path for path in CORPUS if path.suffix in (".json", ".yaml")], ids=lambda p: p.stem)
def test_no_name_of_a_corpus_has_a_number_of_its_own(spec: Path) -> None:
    assert numbered(spec) == []


def test_a_number_would_be_found(tmp_path: Path) -> None:
    lock = NameLock({(Kind.TYPES, "Pet", ""): "Pet2", (Kind.MEMBERS, "Pet", "a1"): "a1"})
    assert list(own_numbers(lock, {})) == ["types Pet: Pet2"]


def numbered(spec: Path) -> list[str]:
    """Return the names of a document that have digits which their place in it does not have."""
    understood = Session(TargetConfig(str(spec), spec.parent / "none", "none"), Report()).understand()
    hints = {
        (understood.names.types[one.id].name, str(member.value)): member.hint or ""
        for one in understood.api.declarations
        if isinstance(one, Enumeration)
        for member in one.members
    }
    return list(own_numbers(understood.name_lock, hints))


def own_numbers(lock: NameLock, hints: dict[tuple[str, str], str]) -> Iterator[str]:
    for (kind, place, wire), name in lock.names.items():
        owner = lock.get(Kind.TYPES, place) or ""
        told = f"{place} {wire} {lock.wires.get(place, '')} {hints.get((owner, wire), '')}"
        # What is named after an operation, or after another thing, has the numbers of that.
        method = lock.get(Kind.OPERATIONS, " ".join(place.split(" ")[:2])) or ""
        told += f" {method} {owner if kind is Kind.MODULES else ''}"
        spelled = {f"{ord(character):x}" for character in wire if not character.isalnum()}
        left = [number for number in DIGITS.findall(STATUS.sub("", name)) if number not in told]
        if left and not any(code in name.lower() for code in spelled):
            yield f"{kind.value} {place} {wire}".strip() + f": {name}"
