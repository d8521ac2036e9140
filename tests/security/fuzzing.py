"""What is fuzzed: each function takes octets that nobody checked, and raises nothing but :class:`DocumentError`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from bothends.config.limits import Limits
from bothends.diagnostics.model import DocumentError, Location, Report
from bothends.extraction.extract import extract_pages
from bothends.loading.fetch import FetchPolicy
from bothends.loading.resolve import Resolver

#: Small, so that their ends are met often.
LIMITS: Final = Limits(document_bytes=5_000, depth=30, nodes=2_000, alias_nodes=500, digits=50, reference_chain=10)
_ROOT: Final = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "paths": {"/a": {"get": {"responses": {"200": {"description": "ok"}}}}},
    "components": {"schemas": {"A": {"properties": {"b": {"$ref": "#/components/schemas/B"}}}, "B": {"$anchor": "b"}}},
}


def fuzz_loading(data: bytes) -> None:
    """Read a document, and find the place of all that is in it."""
    report = Report()
    resolver = Resolver(FetchPolicy(), LIMITS, report)
    with suppress(DocumentError):
        root = resolver.open_text(data, "openapi.yaml")
        json.dumps(root.value, allow_nan=False)
        for pointer in ("", "/a", "/0/a", "/paths/~1a/get", "/components/schemas/A"):
            assert root.document.position(pointer) >= (1, 1)
    for diagnostic in report:
        resolver.locate(diagnostic.location or Location("openapi.yaml"))


def fuzz_references(data: bytes) -> None:
    """Follow a reference from a document."""
    resolver = Resolver(FetchPolicy(), LIMITS, Report())
    reference = data.decode("utf-8", "replace")
    root = resolver.open_text(json.dumps({**_ROOT, "x-start": {"$ref": reference}}), "openapi.json")
    with suppress(DocumentError):
        found = resolver.follow(root / "x-start")
        assert resolver.at(found.key).value is found.value


def fuzz_overlays(data: bytes) -> None:
    """Apply an overlay; where it is no text of one, apply it as the target of an action."""
    with tempfile.TemporaryDirectory() as folder:
        overlay = Path(folder, "overlay.yaml")
        target = data.decode("utf-8", "replace")
        actions = [{"target": target, "update": {"x": 1}}, {"target": target, "remove": True}]
        whole = {"overlay": "1.1.0", "info": {"title": "T", "version": "1"}, "actions": actions}
        for content in (data, json.dumps(whole).encode()):
            overlay.write_bytes(content)
            resolver = Resolver(FetchPolicy(), LIMITS, Report())
            with suppress(DocumentError):
                resolver.open_text(json.dumps(_ROOT), str(Path(folder, "openapi.json")), [str(overlay)])


def fuzz_extraction(data: bytes) -> None:
    """Extract a document from a page."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("page.md", "page.html"):
            page = Path(folder, name)
            page.write_bytes(data)
            with suppress(DocumentError):
                extract_pages([page], Report(), "yaml")


TARGETS: Final[tuple[Callable[[bytes], None], ...]] = (fuzz_loading, fuzz_references, fuzz_overlays, fuzz_extraction)

#: What the texts of each are made of.
PIECES: Final = (
    *("openapi", "3.1.0", "info", "paths", "components", "schemas", "$ref", "A", "B", "b", "title", "x-start"),
    *(": ", ":", "- ", "\n", "\n  ", "\n    ", " ", "{", "}", "[", "]", ", ", '"', "'", "#", "&a ", "*a", "<<: *a"),
    *("? ", "!!str ", "!x ", "|\n", ">-\n", "---\n", "...\n", "%YAML 1.2\n", "\t", "\\", "\\u", "d800", "\0", "\ufeff"),
    *("null", "true", "~", "1", "-1e999", ".inf", ".nan", "0x", "1_0", "2020-01-01", "no", "\r", "\u2028", "é"),
    *("#/", "#/components/schemas/A", "~1", "~0", "%2F", "../", "/", "file:///etc/passwd", "http://127.0.0.1:9/", "?"),
    *("$", "..*", "[*]", ".a", "['a']", "[?(@.a==1)]", "[?match(@, 'a')]", "[0:9]", "overlay", "actions", "target"),
    *("```yaml\n", "\n```\n", "~~~", "<script>", "</script>", '<script type="application/json">', "&quot;", "<!--"),
    *("get /a\n", "# Title\n", "__redoc_state", "window.x = ", "JSON.parse(", ")", "<div data-spec='", "'>", "update"),
)
