"""Where in a page a document is found, and what is said where none is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bothends.diagnostics.model import DocumentError, Report
from bothends.extraction.extract import extract, extract_pages
from bothends.extraction.page import Page

YAML = "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: '1'\npaths: {}\n"
DATA = {"openapi": "3.1.0", "info": {"title": "Pets </p>", "version": "1"}, "paths": {}}
JSON = json.dumps(DATA)


def text_of(text: str, uri: str = "page.md") -> str:
    return extract([Page(uri, text)], Report()).text


@pytest.mark.parametrize(
    "page",
    [
        f"# Pets\n\n```yaml\n{YAML}```\n",
        f"# Pets\n\n`````yaml /services/pets/openapi.yaml get /pets/{{id}}\n{YAML}`````\n",
        f"# Pets\n\n~~~~\n{YAML}~~~~\n",
        f"```yaml\n{YAML}",
        "1. Pets\n\n   ```yaml\n" + "".join(f"   {line}\n" for line in YAML.splitlines()) + "   ```\n",
        f"```bash\ncurl https://pets.example\n```\n\n```yml\n{YAML}```\n",
        YAML,
    ],
    ids=["backticks", "path header", "tildes", "never closed", "in a list", "second block", "nothing else"],
)
def test_yaml_in_markdown_is_kept_as_it_stands(page: str) -> None:
    assert text_of(page) == YAML


def test_a_longer_fence_holds_shorter_ones() -> None:
    document = YAML.replace("  title", "  description: |\n    ```json\n    {}\n    ```\n  title")
    assert text_of(f"````yaml\n{document}````\n") == document


def test_comments_of_a_single_document_survive() -> None:
    assert text_of(f"```yaml\n# pets\n{YAML}```") == f"# pets\n{YAML}"


def test_json_is_laid_out_and_otherwise_left_alone() -> None:
    text = '{"openapi":"3.0.3","paths":{},"x-a":[1.0,1e2,"\\u00e9, {:}"],"x-b":{},"x-c":[],"x-d":[[]]}'
    assert text_of(f"```json\n{text}\n```") == (
        '{\n  "openapi": "3.0.3",\n  "paths": {},\n  "x-a": [\n    1.0,\n    1e2,\n    "\\u00e9, {:}"\n  ],\n'
        '  "x-b": {},\n  "x-c": [],\n  "x-d": [\n    []\n  ]\n}\n'
    )


@pytest.mark.parametrize(
    "markup",
    [
        f'<script>const __redoc_state = {{"menu":[], "spec":{{"data":{JSON}}}}};Redoc.hydrate()</script>',
        f'<script id="api-reference" type="application/json">{JSON}</script>',
        "<script>window.onload = () => { SwaggerUIBundle({ dom_id: '#ui', spec: " + JSON + " }) }</script>",
        f'<script>var state = {{"a": [1, {json.dumps(dict(reversed(DATA.items())))}]}};</script>',
        f"<script>var state = JSON.parse({json.dumps(JSON)});</script>",
        f'<script id="props" data-props="{JSON.replace(chr(34), "&quot;").replace("<", "&lt;")}"></script>',
        f'<div><pre class="json"><code>{JSON.replace("<", "&lt;")}</code></pre></div>',
    ],
    ids=["redoc", "scalar", "swagger ui", "version not first", "string", "attribute", "preformatted"],
)
def test_json_in_html_is_found(markup: str) -> None:
    text = text_of(f"<!doctype html>\n<html><body>\n{markup}\n</body></html>", "page.html")
    assert json.loads(text) == DATA
    assert text.startswith('{\n  "')


def test_yaml_in_html_is_found() -> None:
    page = f'<html><script id="api-reference" type="application/yaml">{YAML}</script></html>'
    assert text_of(page) == YAML


def test_a_page_without_a_document_ends_the_run_and_names_its_links() -> None:
    page = Page("redoc.html", '<html><redoc spec-url="/specs/pets.yaml"></redoc><a href="openapi.json">x</a></html>')
    with pytest.raises(DocumentError) as caught:
        extract([page], Report())
    (found,) = caught.value.diagnostics
    assert found.code == "no-document-found"
    assert found.location is not None
    assert found.location.uri == "redoc.html"
    assert found.hint is not None
    assert found.hint == (
        "the document is at '/specs/pets.yaml', but specs/pets.yaml cannot be read: no such file or directory"
    )


def test_a_page_without_a_document_beside_one_with_it_is_a_warning() -> None:
    report = Report()
    extract([Page("a.md", f"```yaml\n{YAML}```"), Page("b.md", "# Nothing")], report)
    assert [(found.code, str(found.severity)) for found in report] == [("no-document-found", "warning")]


def test_a_broken_document_is_reported_where_it_breaks_in_the_page() -> None:
    report = Report()
    with pytest.raises(DocumentError) as caught:
        extract([Page("a.md", "# Pets\n\n```yaml\nopenapi: 3.1.0\npaths: [\n```\n")], report)
    (found,) = caught.value.diagnostics
    assert found.code == "invalid-yaml"
    assert found.location is not None
    assert (found.location.uri, found.location.line) == ("a.md", 6)
    assert found.hint is None


def test_folders_are_read_by_suffix_and_files_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    (folder / "deep").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "deep" / "page.mdx").write_text(f"```yaml\n{YAML}```")
    (folder / ".git" / "page.md").write_text(f"```yaml\n{YAML.replace('Pets', 'Hidden')}```")
    (folder / "logo.png").write_bytes(b"\x89PNG\x00")
    assert extract_pages([folder, folder / "deep" / "page.mdx"], Report()).text == YAML


def test_a_missing_page_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        extract_pages([tmp_path / "none.md"], Report())
    assert [found.code for found in caught.value.diagnostics] == ["file-not-found"]


def test_no_page_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        extract_pages([tmp_path], Report())
    assert [found.code for found in caught.value.diagnostics] == ["no-document-found"]


@pytest.mark.parametrize(
    "text",
    [
        "<html><script>" + '{"openapi":"3.' * 50_000 + "</script></html>",
        "<html><script>x=" + "[" * 100_000 + '"openapi":' + "</script></html>",
        "<html><pre>" * 5_000 + "openapi:",
        "`" * 100_000 + "\n" + "~" * 100_000,
        "{" * 100_000 + '"openapi":',
    ],
    ids=["beginnings", "nesting", "elements", "fences", "braces"],
)
def test_hostile_pages_end_in_an_error_soon(text: str) -> None:
    with pytest.raises(DocumentError):
        text_of(text)


def test_a_page_of_fumadocs_names_its_document(tmp_path: Path) -> None:
    (tmp_path / "pets.json").write_text(JSON)
    (tmp_path / "page.mdx").write_text('<APIPage document={"pets.json"} operations={[]} />\n')
    assert json.loads(extract_pages([tmp_path / "page.mdx"], Report()).text) == DATA
