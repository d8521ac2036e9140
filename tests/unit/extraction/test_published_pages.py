"""The documents under specs/ are what comes out of copies of the pages that they were published on."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from bothends.diagnostics.model import Report
from bothends.extraction.extract import extract_pages

PAGES = Path(__file__).parent / "pages"
SPECS = Path(__file__).parents[3] / "specs"


@pytest.mark.parametrize(
    ("name", "file"), [("architect-customer-api", "openapi.yaml"), ("bird-conversations", "openapi.json")]
)
def test_pages_give_the_document_in_specs(name: str, file: str) -> None:
    assert extract_pages([PAGES / name], Report()).text == (SPECS / name / file).read_text(encoding="utf-8")


def test_the_order_of_pages_does_not_matter() -> None:
    pages = sorted((PAGES / "architect-customer-api").iterdir())
    assert len({extract_pages(order, Report()).text for order in permutations(pages)}) == 1


def test_architect_slices_disagree_about_their_tags_and_about_nothing_else() -> None:
    report = Report()
    extract_pages([PAGES / "architect-customer-api"], report)
    (found,) = report
    assert found.code == "slices-disagree"
    assert "'Page Link Blocks', 'Tenant Domains'" in found.message
    assert found.location is not None
    assert (Path(found.location.uri).name, found.location.line) == ("get-audience.md", 112)
    (related,) = found.related
    assert (Path(related.location.uri).name, related.location.line) == ("send-audience-message.md", 101)


def test_conversations_keeps_its_faults() -> None:
    data = json.loads(extract_pages([PAGES / "bird-conversations"], Report()).text)
    (path, item), *_ = data["paths"].items()
    schemas = data["components"]["schemas"]
    assert "{workspaceId}" in path
    assert item["post"]["parameters"] == [{"$ref": "#/components/parameters/conversationIdOrNil"}]
    assert schemas["TypeImage"]["properties"]["image"]["properties"]["images"]["minLength"] == 1
    assert schemas["TypeSection"]["properties"]["section"]["properties"]["items"]["items"] == {
        "minLength": 1,
        "$ref": "#/components/schemas/SectionBody",
    }
