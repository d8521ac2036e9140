"""References lead to places in documents that may be read, or to a diagnostic."""

from __future__ import annotations

import difflib
import json
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report
from bothends.loading.cursor import Cursor
from bothends.loading.fetch import FetchPolicy
from bothends.loading.resolve import Resolver


class World:
    """A folder of documents, and a resolver over it."""

    def __init__(self, folder: Path, files: Mapping[str, str], policy: FetchPolicy, limits: Limits) -> None:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.report = Report()
        self.resolver = Resolver(policy, limits, self.report)
        self.root = self.resolver.open(folder / "api.yaml")

    def at(self, *tokens: str | int) -> Cursor:
        cursor = self.root
        for token in tokens:
            cursor = cursor / token
        return cursor

    def follow(self, *tokens: str | int) -> Cursor:
        return self.resolver.follow(self.at(*tokens))

    def refused(self, *tokens: str | int) -> Diagnostic:
        with pytest.raises(DocumentError) as caught:
            self.follow(*tokens)
        [diagnostic] = caught.value.diagnostics
        return diagnostic


@pytest.fixture
def world(tmp_path: Path):
    def make(
        api: str,
        files: Mapping[str, str] | None = None,
        policy: FetchPolicy | None = None,
        limits: Limits | None = None,
    ) -> World:
        return World(
            tmp_path / "specs", {"api.yaml": api, **(files or {})}, policy or FetchPolicy(), limits or Limits()
        )

    return make


def test_within_a_document(world) -> None:
    here = world("a: {$ref: '#/b/~1x~0y%20z'}\nb: {'/x~y z': {$ref: '#/c/1'}}\nc: [0, {d: 1}]\nroot: {$ref: '#'}\n")
    assert here.follow("a").key == "#/c/1"
    assert here.follow("c", 1).key == "#/c/1"
    assert here.follow("root") == here.root
    assert here.resolver.resolve("#/b/~1x~0y z", here.root).key == "#/b/~1x~0y z"


def test_percent_signs_that_escape_nothing(world) -> None:
    here = world("a: {$ref: '#/b/50%25'}\nb: {50%: 1, 50%25: 2}\nc: {$ref: '#/b/100%'}\nb2: 1\n")
    assert here.follow("a").value == 1
    assert here.refused("c").code == "unresolved-reference"


def test_across_files_and_back(world) -> None:
    here = world(
        "a: {$ref: 'parts/one.yaml#/x'}\nb: {$ref: 'parts/two.json'}\nc: 3\nd: {$ref: 'my%20file.yaml#/q'}",
        {
            "parts/one.yaml": "x: {$ref: './two.json#/y'}\n",
            "parts/two.json": '{"y": {"$ref": "../api.yaml#/c"}, "z": 1}',
            "my file.yaml": "q: 1",
        },
    )
    assert here.follow("a").key == "#/c"
    assert here.follow("b").key == "parts/two.json#"
    assert here.follow("d").key == "my file.yaml#/q"
    names = [document.name for document in here.resolver.documents()]
    assert names == ["api.yaml", "parts/one.yaml", "parts/two.json", "my file.yaml"]
    assert here.resolver.documents()[1].uri.endswith("specs/parts/one.yaml")
    assert here.resolver.at("parts/two.json#/z").value == 1
    assert here.resolver.at("#/c").value == 3
    with pytest.raises(KeyError):
        here.resolver.at("#/nothing")


def test_a_file_is_one_document_whatever_it_is_called_by(world) -> None:
    here = world("a: {$ref: './x/../one.yaml#/k'}\nb: {$ref: 'one%2Eyaml#/k'}\n", {"one.yaml": "k: 1", "x/y": ""})
    assert here.follow("a").document is here.follow("b").document


def test_pointers_go_through_references(world) -> None:
    here = world("a: {$ref: '#/b/x'}\nb: {$ref: '#/c'}\nc: {x: 1}\n")
    assert here.follow("a").key == "#/c/x"


@pytest.mark.parametrize(
    "text",
    [
        "a: {$ref: '#/a'}",
        "a: {$ref: '#/b'}\nb: {$ref: '#/a'}",
        "a: {$ref: '#/b/x'}\nb: {$ref: '#/b'}",
        "a: {$ref: '#/a/x'}",
        "a: {$ref: '#/b/x'}\nb: {$ref: '#/a/y'}",
        "a: {$ref: 'other.yaml'}",
    ],
)
def test_loops_end(world, text: str) -> None:
    here = world(text, {"other.yaml": "$ref: 'api.yaml#/a'"})
    assert here.refused("a").code == "reference-loop"


def test_long_chains_that_are_no_loops_end_too(world) -> None:
    text = "".join(f"a{number}: {{$ref: '#/a{number + 1}'}}\n" for number in range(5000)) + "a5000: 1"
    assert world(text).refused("a0").code == "too-many-references"


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("#/nothing", "unresolved-reference"),
        ("#/list/9", "unresolved-reference"),
        ("#/list/-1", "unresolved-reference"),
        ("#/list/1" + "0" * 5000, "unresolved-reference"),
        ("#/text/x", "unresolved-reference"),
        ("#anchor", "unresolved-reference"),
        ("nothing.yaml", "file-not-found"),
        ("folder", "file-not-found"),
        ("x" * 5000, "file-not-found"),
        ("a%00b", "unresolved-reference"),
        ("http://[", "unresolved-reference"),
        ("urn:example:x", "unresolved-reference"),
        ("file:///etc/passwd", "reference-not-allowed"),
        ("FILE:///etc/passwd", "reference-not-allowed"),
        ("file:api.yaml", "reference-not-allowed"),
        ("/etc/passwd", "reference-not-allowed"),
        ("//127.0.0.1/etc/passwd", "reference-not-allowed"),
        ("../outside.yaml", "reference-not-allowed"),
        ("%2e%2e/outside.yaml", "reference-not-allowed"),
        ("folder/../../outside.yaml", "reference-not-allowed"),
        ("link.yaml", "reference-not-allowed"),
        ("linked/outside.yaml", "reference-not-allowed"),
        ("http://127.0.0.1:8000/x.yaml", "reference-not-allowed"),
        ("https://example.com/x.yaml", "reference-not-allowed"),
        ("empty.yaml", "empty-document"),
        ("binary.yaml", "not-text"),
    ],
)
def test_refused(world, tmp_path: Path, reference: str, code: str) -> None:
    (tmp_path / "outside.yaml").write_text("secret: 1")
    files = {"folder/x": "", "empty.yaml": "", "binary.yaml": "\x00\x01"}
    here = world(f"a: {{$ref: '{reference}'}}\nlist: [1]\ntext: x\n", files)
    (tmp_path / "specs/link.yaml").symlink_to(tmp_path / "outside.yaml")
    (tmp_path / "specs/linked").symlink_to(tmp_path)
    found = here.refused("a")
    assert found.code == code
    if code not in ("empty-document", "not-text"):
        assert found.location == Location(here.root.document.uri, "/a/$ref")


def test_a_named_pipe_does_not_hang(world, tmp_path: Path) -> None:
    here = world("a: {$ref: 'pipe.yaml'}")
    os.mkfifo(tmp_path / "specs/pipe.yaml")
    assert here.refused("a").code == "file-not-found"


def test_links_within_the_folder_and_allowed_folders(world, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/x.yaml").write_text("k: 1")
    here = world("a: {$ref: 'link.yaml#/k'}\nb: {$ref: '../shared/x.yaml#/k'}", {"real.yaml": "k: 2"})
    (tmp_path / "specs/link.yaml").symlink_to("real.yaml")
    assert here.follow("a").key == "real.yaml#/k"
    assert here.refused("b").code == "reference-not-allowed"
    here = world("b: {$ref: '../shared/x.yaml#/k'}", policy=FetchPolicy(folders=(tmp_path / "shared",)))
    assert here.follow("b").key == "../shared/x.yaml#/k"


def test_a_folder_of_a_similar_name_is_outside(world, tmp_path: Path) -> None:
    (tmp_path / "specs-secret").mkdir()
    (tmp_path / "specs-secret/x.yaml").write_text("k: 1")
    assert world("a: {$ref: '../specs-secret/x.yaml'}").refused("a").code == "reference-not-allowed"


def test_nothing_is_opened_for_what_is_refused(world, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in ("open", "socket.connect", "socket.getaddrinfo"):
            opened.append(f"{event} {arguments[0]}")

    here = world("a: {$ref: '/etc/passwd'}\nb: {$ref: 'http://127.0.0.1:1/x'}\nc: {$ref: '../../x.yaml'}\n")
    monkeypatch.setattr(socket, "socket", None)
    sys.addaudithook(hook)
    for name in "abc":
        here.refused(name)
    assert opened == []


def test_suggestions(world) -> None:
    here = world("a: {$ref: '#/components/schemas/Pets'}\nb: {$ref: '#Pet'}\ncomponents: {schemas: {Pet: {}}}\n")
    assert here.refused("a").hint == "did you mean 'Pet'?"
    assert here.refused("b").hint == "write '#/components/schemas/Pet'"


def test_a_schema_that_is_not_there_can_be_any_value(world) -> None:
    here = world("a: {$ref: '#/components/schemas/Owner'}\ncomponents: {schemas: {Pet: {}}}\n")
    [action] = here.refused("a").fix
    assert action["target"] == "$.components.schemas"
    assert action["update"] == {"Owner": {"description": "Any value: the document refers to it, and does not have it."}}


SCHEMAS = """
openapi: 3.1.0
components:
  schemas:
    Pet:
      $id: https://example.com/schemas/pet
      properties:
        tag: {$ref: tag}
        tagAgain: {$ref: '#named'}
        own: {$ref: '#/properties/tag'}
        document: {$ref: '#/components/schemas/Plain'}
      $defs:
        t: {$id: tag, type: string}
        n: {$anchor: named}
      example: {$id: https://example.com/nothing}
    Plain:
      properties:
        $id: {type: string}
        pet: {$ref: 'https://example.com/schemas/pet'}
        petTag: {$ref: 'https://example.com/schemas/pet#/properties/own'}
        node: {$ref: '#node'}
    Node: {$dynamicAnchor: node}
"""


def test_identifiers_and_anchors(world) -> None:
    here = world(SCHEMAS)
    pet = ("components", "schemas", "Pet", "properties")
    plain = ("components", "schemas", "Plain", "properties")
    assert here.follow(*pet, "tag").key == "#/components/schemas/Pet/$defs/t"
    assert here.follow(*pet, "tagAgain").key == "#/components/schemas/Pet/$defs/n"
    assert here.follow(*pet, "own").key == "#/components/schemas/Pet/$defs/t"
    assert here.follow(*plain, "pet").key == "#/components/schemas/Pet"
    assert here.follow(*plain, "petTag").key == "#/components/schemas/Pet/$defs/t"
    assert here.follow(*plain, "node").key == "#/components/schemas/Node"
    assert not list(here.report)
    assert here.follow(*pet, "document").key == "#/components/schemas/Plain"
    assert [one.code for one in here.report] == ["unresolved-reference"]


def test_a_document_that_names_itself(world) -> None:
    api = (
        "openapi: 3.2.0\n$self: https://example.com/apis/api.yaml\na: {$ref: 'https://example.com/apis/api.yaml#/c'}\n"
    )
    here = world(api + "b: {$ref: 'x/other.yaml#/k'}\nc: 1\nd: {$ref: '../up.yaml'}\n", {"x/other.yaml": "k: 1"})
    assert here.follow("a").key == "#/c"
    assert here.follow("b").key == "x/other.yaml#/k"
    assert here.refused("d").code == "reference-not-allowed"


def test_limits(world) -> None:
    files = {f"{number}.yaml": "x: 1" for number in range(5)}
    api = "".join(f"a{number}: {{$ref: '{number}.yaml'}}\n" for number in range(5))
    here = world(api, files, limits=Limits(documents=3))
    here.follow("a0")
    here.follow("a1")
    assert here.refused("a2").code == "too-many-documents"
    here = world(api, files, limits=Limits(total_bytes=len(api) + 5))
    here.follow("a0")
    assert here.refused("a1").code == "too-large-together"
    here = world(api, {**files, "0.yaml": "y" * 500}, limits=Limits(document_bytes=300))
    assert here.refused("a0").code == "too-large"


def test_roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def code(spec: str) -> str:
        with pytest.raises(DocumentError) as caught:
            Resolver(FetchPolicy(), Limits(), Report()).open(spec)
        return caught.value.diagnostics[0].code

    assert code(str(tmp_path / "nothing.yaml")) == "file-not-found"
    assert code(str(tmp_path)) == "file-not-found"
    assert code("a\0b") == "file-not-found"
    assert code("https://example.com/x.yaml") == "reference-not-allowed"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.yaml").write_text("k: 1")
    resolver = Resolver(FetchPolicy(), Limits(), Report())
    root = resolver.open_text("a: {$ref: 'x.yaml#/k'}", "-")
    assert resolver.follow(root / "a").key == "x.yaml#/k"


def test_places_are_found_in_documents_that_cannot_be_parsed(world) -> None:
    here = world("a: {$ref: 'bad.yaml'}", {"bad.yaml": "x: 1\ny: [\n"})
    found = here.refused("a")
    assert found.location is not None
    assert found.location.line == 3
    assert here.resolver.source_line(found.location.uri, 2) == "y: ["
    assert here.resolver.locate(Location(here.root.document.uri, "/a")) == (1, 1)
    assert here.resolver.locate(Location("unknown")) is None


def test_thousands_of_files_are_read_quickly(world) -> None:
    count = 1000
    files = {
        f"parts/{number}.yaml": f"x: {{$ref: '{(number + 1) % count}.yaml#/y'}}\ny: 1\n" for number in range(count)
    }
    api = "".join(f"a{number}: {{$ref: 'parts/{number}.yaml#/x'}}\n" for number in range(count))
    here = world(api, files)
    assert {here.follow(f"a{number}").value for number in range(count)} == {1}
    assert len(here.resolver.documents()) == count + 1


def test_text_that_is_given_has_a_limit_too() -> None:
    with pytest.raises(DocumentError) as caught:
        Resolver(FetchPolicy(), Limits(document_bytes=3), Report()).open_text("a: 1", "-")
    assert caught.value.diagnostics[0].code == "too-large"


def test_there_is_a_bound_on_the_effort_of_suggestions(world, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    closest = difflib.get_close_matches
    monkeypatch.setattr(
        difflib, "get_close_matches", lambda *args, **more: compared.append(1) or closest(*args, **more)
    )
    names = "".join(f"  Schema{number}: 1\n" for number in range(1000))
    wrong = "".join(f"a{number}: {{$ref: '#/names/Schem{number}x'}}\n" for number in range(1000))
    here = world(f"names:\n{names}{wrong}")
    hints = [here.refused(f"a{number}").hint for number in range(1000)]
    assert hints[0] == "did you mean 'Schema0'?"
    assert hints[-1] is None
    assert len(compared) < 20


def test_chains_are_followed_once(world, monkeypatch: pytest.MonkeyPatch) -> None:
    here = world("".join(f"a{number}: {{$ref: '#/a{number + 1}'}}\n" for number in range(90)) + "a90: 1\n")
    steps: list[str] = []
    resolve = here.resolver.resolve
    monkeypatch.setattr(here.resolver, "resolve", lambda to, base: steps.append(to) or resolve(to, base))
    assert {here.follow(f"a{number}").value for number in range(91)} == {1}
    assert len(steps) == 90


def test_the_length_of_a_chain_is_the_same_wherever_following_begins(world) -> None:
    text = "".join(f"a{number}: {{$ref: '#/a{number + 1}'}}\n" for number in range(12)) + "a12: 1\n"
    for order in (range(12), reversed(range(12))):
        here = world(text, limits=Limits(reference_chain=10))
        codes = {}
        for number in order:
            try:
                here.follow(f"a{number}")
                codes[number] = "fine"
            except DocumentError as error:
                codes[number] = error.diagnostics[0].code
        assert codes == {number: "fine" if number > 1 else "too-many-references" for number in range(12)}


def test_a_reference_within_a_resource_that_a_urn_names(tmp_path: Path) -> None:
    schema = {"$id": "urn:example:pet", "$defs": {"name": {"type": "string"}}, "items": {"$ref": "#/$defs/name"}}
    (tmp_path / "a.json").write_text(json.dumps({"components": {"schemas": {"Pet": schema}}}))
    resolver = Resolver(FetchPolicy(), Limits(), Report())
    root = resolver.open(str(tmp_path / "a.json"))
    items = root / "components" / "schemas" / "Pet" / "items"
    assert resolver.resolve("#/$defs/name", items).key == "#/components/schemas/Pet/$defs/name"
    assert resolver.resolve("urn:example:pet", root).key == "#/components/schemas/Pet"


def test_meta_schemas_are_known_without_asking_their_host(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    resolver = Resolver(FetchPolicy(offline=True), Limits(), Report())
    root = resolver.open(str(tmp_path / "a.json"))
    found = resolver.resolve("https://json-schema.org/draft/2020-12/schema", root)
    assert found.value["$dynamicAnchor"] == "meta"
    assert resolver.resolve("meta/core#/$defs/anchorString", found).value["type"] == "string"
    with pytest.raises(DocumentError):
        resolver.resolve("https://json-schema.org/draft/2020-12/other", root)


def test_definitions_of_a_schema_that_was_made_by_itself(world) -> None:
    schema = "{properties: {a: {$ref: '#/$defs/A'}}, $defs: {A: {items: {$ref: '#/$defs/B'}}, B: {$ref: '#/$defs/A'}}}"
    here = world(f"one: {schema}\ntwo: {schema}\nthree: {{properties: {{a: {{$ref: '#/$defs/A'}}}}}}\n")
    assert here.follow("one", "properties", "a").key == "#/one/$defs/A"
    assert here.follow("two", "$defs", "A", "items").key == "#/two/$defs/A"
    assert here.refused("three", "properties", "a").code == "unresolved-reference"
    assert {found.code for found in here.report} == {"unresolved-reference"}


def test_definitions_of_the_document_come_before_those_of_a_schema(world) -> None:
    here = world("$defs: {A: 1}\none: {a: {$ref: '#/$defs/A'}, b: {$ref: '#/$defs/B'}, $defs: {A: 2, B: 3}}\n")
    assert here.follow("one", "a").value == 1
    assert here.refused("one", "b").code == "unresolved-reference"
