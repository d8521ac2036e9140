"""Slices become one document, and what they disagree about is settled and said."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Report
from bothends.extraction.extract import extract
from bothends.extraction.order import merge_orders
from bothends.extraction.page import Page
from bothends.extraction.write import to_yaml
from bothends.loading.document import parse_document


def piece(path: str, **fields: Any) -> dict[str, Any]:
    operation = {"operationId": path.strip("/"), "responses": {"200": {"description": "OK"}}}
    info = {"title": "Pets", "version": "1.0"}
    return {"openapi": "3.1.0", "info": info, "paths": {path: {"get": operation}}, **fields}


def page(name: str, data: dict[str, Any]) -> Page:
    return Page(name, f"# {name}\n\n```yaml\n{yaml.safe_dump(data, sort_keys=False)}```\n")


def merged(*slices: dict[str, Any]) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Merge in every order: the text and the diagnostics must be the same each time."""
    pages = [page(f"{number}.md", data) for number, data in enumerate(slices)]
    results: list[tuple[str, list[Diagnostic]]] = []
    for order in permutations(pages):
        report = Report()
        results.append((extract(order, report).text, list(report)))
    assert all(result == results[0] for result in results)
    text, found = results[0]
    return yaml.safe_load(text), found


def test_paths_and_components_are_united() -> None:
    data, found = merged(
        piece("/pets", components={"schemas": {"Pet": {"type": "object"}, "Error": {"type": "string"}}}),
        piece("/owners", components={"schemas": {"Owner": {"type": "object"}, "Error": {"type": "string"}}}),
    )
    assert list(data["paths"]) == ["/owners", "/pets"]
    assert list(data["components"]["schemas"]) == ["Owner", "Pet", "Error"]
    assert found == []


def test_methods_of_one_path_are_united() -> None:
    other = piece("/pets")
    other["paths"]["/pets"] = {"post": other["paths"]["/pets"]["get"]}
    data, _ = merged(piece("/pets"), other)
    assert set(data["paths"]["/pets"]) == {"get", "post"}


def test_most_slices_win() -> None:
    slices = [
        piece(path, info={"title": "Pets", "version": version})
        for path, version in [("/a", "1"), ("/b", "1"), ("/c", "2")]
    ]
    data, found = merged(*slices)
    assert data["info"]["version"] == "1"
    assert [diagnostic.code for diagnostic in found] == ["slices-disagree"]


def test_among_equals_the_fuller_component_wins_whole() -> None:
    small = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    full = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {}}}
    data, found = merged(
        piece("/a", components={"schemas": {"S": small}}), piece("/b", components={"schemas": {"S": full}})
    )
    assert data["components"]["schemas"]["S"] == full
    assert {diagnostic.location.pointer for diagnostic in found if diagnostic.location} == {
        "/components/schemas/S/properties/b",
        "/components/schemas/S/properties/c",
        "/components/schemas/S/required",
    }


def test_among_equals_of_one_size_the_last_in_sorting_wins() -> None:
    data, _ = merged(
        piece("/a", info={"title": "P", "version": "1.1"}), piece("/b", info={"title": "P", "version": "1.2"})
    )
    assert data["info"]["version"] == "1.2"


def test_a_disagreement_names_both_places() -> None:
    _, found = merged(
        piece("/a", tags=[{"name": "T", "description": "one"}]), piece("/b", tags=[{"name": "T", "description": "two"}])
    )
    (diagnostic,) = found
    assert diagnostic.message == "the slices disagree: 'two' wins over 'one'"
    here, there = diagnostic.location, diagnostic.related[0].location
    assert here is not None
    assert (here.uri, here.pointer, here.line) == ("1.md", "/tags/0/description", 17)
    assert (there.uri, there.pointer, there.line) == ("0.md", "/tags/0/description", 17)


def test_tags_and_servers_are_united_in_the_order_of_the_slices() -> None:
    tags = [{"name": name} for name in ("z", "m", "a")]
    servers = [{"url": "https://b.example"}, {"url": "https://a.example"}]
    data, found = merged(
        piece("/a", tags=[tags[0], tags[2]], servers=servers), piece("/b", tags=tags, servers=servers[:1])
    )
    assert data["tags"] == tags
    assert data["servers"] == servers
    assert len(found) == 2


def test_slices_that_list_only_their_own_tag_do_not_disagree() -> None:
    data, found = merged(piece("/a", tags=[{"name": "A"}]), piece("/b", tags=[{"name": "B"}]))
    assert [tag["name"] for tag in data["tags"]] == ["A", "B"]
    assert found == []


def test_operations_keep_the_security_of_their_slice() -> None:
    data, found = merged(piece("/a", security=[{"key": []}]), piece("/b", security=[{"key": []}]), piece("/c"))
    assert data["security"] == [{"key": []}]
    assert data["paths"]["/c"]["get"]["security"] == []
    assert "security" not in data["paths"]["/a"]["get"]
    assert [diagnostic.code for diagnostic in found] == ["slices-disagree"]


def test_operations_keep_the_servers_of_their_slice() -> None:
    data, _ = merged(
        piece("/a", servers=[{"url": "https://one.example"}]), piece("/b", servers=[{"url": "https://two.example"}])
    )
    (root,) = data["servers"]
    moved = [operation["get"]["servers"] for operation in data["paths"].values() if "servers" in operation["get"]]
    assert sorted([root["url"], moved[0][0]["url"]]) == ["https://one.example", "https://two.example"]


def test_versions_that_cannot_be_one_document_are_refused() -> None:
    pages = [page("a.md", piece("/a")), page("b.md", {**piece("/b"), "openapi": "3.0.3"})]
    with pytest.raises(DocumentError, match=r"OpenAPI 3\.1 and 3\.0"):
        extract(pages, Report())


def test_slices_in_json_become_one_in_json() -> None:
    pages = [Page(name, f"```json\n{json.dumps(piece(name))}\n```") for name in ("/a", "/b")]
    assert list(json.loads(extract(pages, Report()).text)["paths"]) == ["/a", "/b"]
    assert extract(pages, Report(), "yaml").text.startswith("openapi: 3.1.0\n")


def test_several_blocks_of_one_page_are_slices() -> None:
    text = "\n".join(page("", piece(path)).text for path in ("/b", "/a"))
    assert list(yaml.safe_load(extract([Page("all.md", text)], Report()).text)["paths"]) == ["/a", "/b"]


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ([["b", "a"], ["c"]], ["b", "a", "c"]),
        ([["a", "c"], ["a", "b", "c"]], ["a", "b", "c"]),
        ([["a", "b"], ["b", "a"]], ["a", "b"]),
        ([["x", "b", "a", "y"], ["x", "a", "b", "y"]], ["x", "a", "b", "y"]),
        ([], []),
    ],
)
def test_orders(orders: list[list[str]], expected: list[str]) -> None:
    assert [merge_orders(order) for order in permutations(orders)] == [expected] * len(list(permutations(orders)))


@pytest.mark.parametrize(
    "text",
    ["no", "on", "null", "~", "1e3", "0o17", "0x1F", "1_000", "12:30:45", "2020-01-01", ".5", "+1", "", " a", "a ",
     "a: b", "# a", "a\nb", "a\n", "a \nb", "\ta\nb", "é\x85\u2028x", "\U0001f600", "- a", "{{x}}", "%x", "word " * 60,
     "<<", "=", "*a", "&a", "!a", "true", "Infinity", ".nan", "a\r\nb", "|", ">-"],
)  # fmt: skip
def test_yaml_is_read_back_alike_by_both_versions_of_yaml(text: str) -> None:
    data = {"value": text, text: [text, {text: 1.5}]}
    written = to_yaml(data)
    assert yaml.safe_load(written) == data
    assert parse_document(written.encode(), "a.yaml", Limits(), Report()).data == data


def test_a_spec_with_every_kind_of_text_survives_being_written() -> None:
    specs = Path(__file__).parents[3] / "specs"
    for file in sorted(specs.glob("*/openapi.*")):
        data = parse_document(file.read_bytes(), str(file), Limits(), Report()).data
        assert parse_document(to_yaml(data).encode(), "a.yaml", Limits(), Report()).data == data
