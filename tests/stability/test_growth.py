"""A document loses some of its schemas and operations and gets them back: what stayed is what it was.

Two experiments. In the first, what is lost is whole schemas and operations with all that refers to them: what stays
means the same, and the output has to grow by additions alone. In the second, what stays loses responses, parameters,
properties and members of unions too: it has another shape for that reason, but nothing is called otherwise.

The documents are those of ``specs/``, and those in the folder that the variable ``BOTHENDS_CORPUS`` names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bothends.naming.places import Kind
from support.additions import replaced
from support.cases import tree_diff
from support.documents import ROOT, load
from support.growing import generated
from support.shrink import shrunk
from support.subset import subset

CORPUS = sorted(Path(os.environ["BOTHENDS_CORPUS"]).glob("*.*")) if "BOTHENDS_CORPUS" in os.environ else []
OURS = [ROOT / f"specs/{name}/openapi.yaml" for name in ("harbour", "bird-channels-messaging")]
THEIRS = [path for path in CORPUS if path.suffix in (".json", ".yaml")]
#: The line that describes the class of a status: that of the response, where all operations say the same of it.
PROSE = re.compile(r"\w+: '(\dXX|\d{3}|Any other status)[.:]")


def named(path: Path) -> str:
    return path.stem if path.stem != "openapi" else path.parent.name


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("spec", OURS, ids=named)
def test_what_comes_back_is_added_and_nothing_else(spec: Path, seed: int, tmp_path: Path) -> None:
    grows_by_additions(spec, seed, 0.25, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("spec", THEIRS, ids=named)
def test_what_comes_back_to_a_large_document_is_added_and_nothing_else(spec: Path, seed: int, tmp_path: Path) -> None:
    grows_by_additions(spec, seed, 0.05, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("spec", [*OURS, *THEIRS], ids=named)
@pytest.mark.parametrize("seed", [1])
def test_what_changes_shape_keeps_its_name(spec: Path, seed: int, tmp_path: Path) -> None:
    whole = load(spec)
    part = shrunk(whole, seed, 0.05 if len(whole["paths"]) > 50 else 0.2)
    assert part != whole
    before, after = (generated(document, tmp_path / "grown").lock.names for document in (part, whole))
    kept = {key: name for key, name in before.items() if key[0] != Kind.MODULES}
    assert {key: after.get(key) for key in kept} == kept


def grows_by_additions(spec: Path, seed: int, share: float, folder: Path) -> None:
    whole = load(spec)
    part, lost = subset(whole, seed, share)
    assert lost
    before, after = (generated(document, folder / "grown").files for document in (part, whole))
    lines = tree_diff(before, after).splitlines()
    added, taken = (sum(line[:1] == sign and line[:3] != sign * 3 for line in lines) for sign in "+-")
    print(named(spec), seed, len(lost), "parts lost;", added, "lines added,", taken, "taken")  # noqa: T201 - figures
    assert list(changed(before, after)) == []


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Yield what is gone, or not what it was.

    Where operations do not agree any more what the body of a status is, each has a class of its own below the one
    that they shared; that one is raised as before, seen from who catches it.
    """
    shared = _shared(_errors(before), _errors(after))
    for path in sorted(before):
        if path not in after:
            yield f"{path}: gone"
        elif path.endswith(".py") and before[path] != after[path]:
            text = after[path]
            if path.startswith("operations/"):
                text = re.sub(r"(?<=errors\.)(?:\w+\.)?(\w+)", lambda name: shared.get(name[1], name[0]), text)
            is_errors = path.startswith("errors/")
            found = (text for text in replaced(before[path], text) if not is_errors or not PROSE.match(text))
            yield from (f"{path}: {text}" for text in found)
        elif before[path] != after[path]:
            yield f"{path}: changed"


def _errors(files: Mapping[str, str]) -> str:
    return "\n".join(text for path, text in files.items() if path.startswith("errors/"))


def _shared(before: str, after: str) -> dict[str, str]:
    """Return the classes of a status of one operation that are new, each with the class of the status."""
    old, new = (dict(re.findall(r"^class (\w+)\((\w+)\):", text, re.MULTILINE)) for text in (before, after))
    return {name: base for name, base in new.items() if base in old and name not in old}
