"""What small changes of a large document cost whoever reads the difference: the budget, on real documents.

The documents are that of ``specs/harbour``, and those in the folder that the variable ``BOTHENDS_CORPUS`` names.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bothends import pipeline
from support.cases import tree_diff
from support.documents import ROOT, load
from support.growing import generated

OURS = [ROOT / "specs/harbour/openapi.yaml"]
THEIRS = sorted(Path(os.environ["BOTHENDS_CORPUS"]).glob("*.json")) if "BOTHENDS_CORPUS" in os.environ else []
NEW_ITEM: dict[str, Any] = {
    "tags": [],
    "operationId": "countEverything",
    "summary": "Count everything",
    "responses": {"200": {"description": "So many", "content": {"application/json": {"schema": {"type": "integer"}}}}},
}


def records(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the components that are plain objects and have prose."""
    for name, schema in sorted(document["components"]["schemas"].items()):
        if schema.get("type") == "object" and schema.get("properties") and isinstance(schema.get("description"), str):
            yield name, schema


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for _, item in sorted(document["paths"].items()):
        for method in ("get", "post", "put"):
            if len(item.get(method, {}).get("description", "").split()) > 3:
                yield item[method]


def enumerations(document: dict[str, Any]) -> Iterator[list[Any]]:
    for _, schema in sorted(document["components"]["schemas"].items()):
        for _, one in (("", schema), *sorted(schema.get("properties", {}).items())):
            if one.get("type") == "string" and len(one.get("enum", ())) > 2 and None not in one["enum"]:
                yield one["enum"]


def add_optional_field(document: dict[str, Any]) -> None:
    _, schema = next(records(document))
    schema["properties"]["tide"] = {"type": "string", "description": "Where the tide is."}


def add_enum_value(document: dict[str, Any]) -> None:
    next(enumerations(document)).append("added_value")


def add_operation(document: dict[str, Any]) -> None:
    document["paths"]["/count-of-everything"] = {"get": NEW_ITEM | {"tags": next(operations(document))["tags"][:1]}}


def change_word_of_schema(document: dict[str, Any]) -> None:
    _, schema = next(records(document))
    schema["description"] = _with_another_word(schema["description"])


def change_word_of_operation(document: dict[str, Any]) -> None:
    operation = next(operations(document))
    operation["description"] = _with_another_word(operation["description"])


def reorder_everything(document: dict[str, Any]) -> None:
    for table in (document["paths"], document["components"]["schemas"]):
        entries = list(reversed(table.items()))
        table.clear()
        table.update(entries)


def _with_another_word(text: str) -> str:
    first, _, rest = text.partition(" ")
    return f"{first[:-1]}{'x' if first[-1:] != 'x' else 'y'} {rest}"


#: The change; how many files it may touch, how many lines it may add at most, how many it may take away.
BUDGET: list[tuple[Callable[[dict[str, Any]], None], int, int, int]] = [
    (add_optional_field, 1, 2, 0),
    (add_enum_value, 1, 1, 0),
    (add_operation, 3, 55, 1),
    (change_word_of_schema, 1, 1, 1),
    (change_word_of_operation, 2, 2, 2),
    (reorder_everything, 0, 0, 0),
]


@pytest.mark.parametrize(
    "spec",
    [*OURS, *(pytest.param(path, marks=pytest.mark.slow) for path in THEIRS)],
    ids=lambda path: path.stem if path.stem != "openapi" else path.parent.name,
)
def test_small_changes_make_small_differences(spec: Path, tmp_path: Path) -> None:
    whole = load(spec)
    before = generated(whole, tmp_path / "grown").files
    beyond: list[str] = []
    for change, most_files, most_added, most_taken in BUDGET:
        changed = copy.deepcopy(whole)
        change(changed)
        after = generated(changed, tmp_path / "grown").files
        generated(whole, tmp_path / "grown")
        difference = tree_diff(before, after)
        lines = difference.splitlines()
        files = sum(line.startswith("+++ ") for line in lines)
        added, taken = (sum(line[:1] == sign and line[:3] != sign * 3 for line in lines) for sign in "+-")
        told = f"{change.__name__}: {files} files, {added} lines added, {taken} taken away"
        print(told)  # noqa: T201 - the figures
        if files > most_files or added > most_added or taken > most_taken:
            beyond.append(f"{told}\n{difference}")
    assert beyond == []


def test_a_release_changes_the_manifest_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = load(OURS[0])
    generated(whole, tmp_path / "grown")
    before = {path: path.read_bytes() for path in (tmp_path / "grown").rglob("*") if path.is_file()}
    monkeypatch.setattr(pipeline, "__version__", "99.0.0")
    monkeypatch.setattr(pipeline, "generator_digest", lambda: "another")
    generated(whole, tmp_path / "grown")
    after = {path: path.read_bytes() for path in (tmp_path / "grown").rglob("*") if path.is_file()}
    assert [path.name for path in after if after[path] != before.get(path)] == [".bothends.json"]
    assert before.keys() == after.keys()
    old, new = (json.loads(files[tmp_path / "grown/.bothends.json"]) for files in (before, after))
    assert {key for key in old if old[key] != new[key]} - {"seal"} == {"bothends", "run"}
