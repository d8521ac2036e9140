"""Stoplight Prism finds nothing wrong with what clients send: as a mock, and as a validating proxy before ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bothends.verification.drive import credentials, drive, planned_calls
from support.documents import SPECS, load
from support.packages import Package
from support.prism import Complaints, Document, installed, running, understood

pytestmark = pytest.mark.slow

DOCUMENTS = [spec.parent.name for spec in SPECS]


@pytest.fixture(scope="module")
def prism() -> Path:
    """The program."""
    program = installed()
    if program is None:
        pytest.skip("Prism is not there: npm is missing, or cannot install @stoplight/prism-cli")
    return program


@pytest.mark.parametrize("mode", ["mock", "proxy"])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_prism_has_nothing_to_complain_about(
    document: str,
    mode: str,
    prism: Path,
    packages: dict[str, Package],
    url_of: Callable[[Package], str],
    tmp_path: Path,
) -> None:
    package = packages[document]
    copy = understood(load(package.spec), CHANGES.get(document, ()), tmp_path / "openapi.json")
    arguments = ["mock", str(copy)] if mode == "mock" else ["proxy", str(copy), url_of(package)]
    calls = planned_calls(package.name, package.understood.api, package.understood.names)
    secrets = credentials(package.understood.api, package.understood.names)
    # What Prism as a mock makes up itself may break the document's own patterns.
    complaints = Complaints(of_answers=mode == "proxy")
    with (
        running(prism, arguments, tmp_path / "log") as url,
        httpx2.Client(event_hooks={"response": [complaints]}) as http,
        package.load().Client(**secrets, base_url=url, http_client=http, max_retries=0) as client,
    ):
        outcomes = list(drive(package.name, client, calls))
    assert complaints.answers >= len(outcomes)
    assert not complaints.found, "\n".join([f"{len(complaints.found)} of {len(outcomes)} calls:", *complaints.found])


def without_security(document: Document) -> None:
    """Take credentials away: Prism knows no scheme of HTTP by the name of AccessKey."""
    document.pop("security", None)
    for operations in document["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict):
                operation.pop("security", None)


def without_simple_arrays(document: Document) -> None:
    """Take anything for an array in a header or a path: Prism 5 ends with a TypeError when it is sent one."""
    for parameter in parameters(document):
        if parameter.get("in") in ("header", "path") and parameter.get("schema", {}).get("type") == "array":
            parameter["schema"] = {}


def without_closed_tuples(document: Document) -> None:
    """Leave tuples open: Prism does not know prefixItems and takes every item for one too many."""
    for node in nodes(document):
        if "prefixItems" in node and node.get("items") is False:
            del node["items"]


def without_sequences(document: Document) -> None:
    """Take anything for events, lines and parts: Prism reads such bodies as one value, and parts as texts."""
    for node in nodes(document):
        for name, media in node.get("content", {}).items() if isinstance(node.get("content"), dict) else ():
            if name in ("text/event-stream", "application/jsonl", "multipart/form-data"):
                media.pop("itemSchema", None)
                media["schema"] = {}


def without_choices_of_json(document: Document) -> None:
    """Take anything for one of several kinds of JSON: Prism takes the first schema for all of them."""
    for node in nodes(document):
        content = node.get("content")
        kinds = [name for name in content if name.endswith("json")] if isinstance(content, dict) else []
        for name in kinds if len(kinds) > 1 else ():
            content[name]["schema"] = {}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a document."""
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(child)


def parameters(document: Document) -> list[dict[str, Any]]:
    """Return every parameter of a document that is written out in it."""
    found = list(document.get("components", {}).get("parameters", {}).values())
    for path in document["paths"].values():
        for part in (path, *(operation for operation in path.values() if isinstance(operation, dict))):
            found += part.get("parameters", [])
    return found


CHANGES: dict[str, tuple[Callable[[Any], None], ...]] = {
    "bird-channels-messaging": (without_security,),
    "bird-conversations": (without_security,),
    "harbour": (without_simple_arrays, without_closed_tuples, without_sequences, without_choices_of_json),
}
