"""Overlays change what is read; what is wrong with them is reported, and places stay where things were written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report
from bothends.loading.fetch import FetchPolicy
from bothends.loading.json_path import json_path, path_of
from bothends.loading.resolve import Resolver

API = """openapi: 3.1.0
info: {title: t, version: v}
tags: [{name: a}, {name: b}, {name: c}]
paths:
  /pets:
    get: &get
      parameters:
        - {name: x, in: query}
        - {name: y, in: query}
      x-traits: [paged]
    put: *get
    post: {summary: s}
"""


class Applied:
    """A document and overlays over it."""

    def __init__(self, folder: Path, *overlays: str, api: str = API) -> None:
        (folder / "api.yaml").write_text(api)
        names = []
        for number, text in enumerate(overlays):
            path = folder / f"{number}.overlay.yaml"
            path.write_text(text)
            names.append(str(path))
        self.report = Report()
        self.resolver = Resolver(FetchPolicy(), Limits(), self.report)
        self.root = self.resolver.open(folder / "api.yaml", names)
        self.data: Any = self.root.value
        self.folder = folder

    def written(self, pointer: str) -> tuple[str, int]:
        origin = self.resolver.origin(Location(self.root.document.uri, pointer))
        position = self.resolver.locate(origin)
        assert position is not None
        return Path(origin.uri).name, position[0]


def overlay(*actions: str, version: str = "1.1.0") -> str:
    header = f"overlay: {version}\ninfo: {{title: t, version: v}}\nactions:\n"
    return header + "".join(f"  - {action}\n" for action in actions)


def refused(folder: Path, *overlays: str) -> list[Diagnostic]:
    with pytest.raises(DocumentError) as caught:
        Applied(folder, *overlays)
    return list(caught.value.diagnostics)


def test_update_merges_mappings_appends_to_lists_and_replaces_values(tmp_path: Path) -> None:
    here = Applied(
        tmp_path,
        overlay(
            "{target: $, update: {info: {title: new, license: {name: MIT}}, tags: [{name: d}]}}",
            "{target: $.tags, update: {name: e}}",
            "{target: $.tags, update: [{name: f}, {name: g}]}",
            "{target: $.info.version, update: '2'}",
        ),
    )
    assert here.data["info"] == {"title": "new", "version": "2", "license": {"name": "MIT"}}
    assert [tag["name"] for tag in here.data["tags"]] == list("abcdefg")


def test_actions_see_what_those_before_them_did(tmp_path: Path) -> None:
    here = Applied(
        tmp_path,
        overlay("{target: $.info, update: {x-new: {a: 1}}}", "{target: '$.info[\"x-new\"]', update: {b: 2}}"),
        overlay("{target: '$.info[\"x-new\"].a', remove: true}"),
    )
    assert here.data["info"]["x-new"] == {"b": 2}


def test_one_target_may_select_many(tmp_path: Path) -> None:
    here = Applied(tmp_path, overlay('{target: \'$.paths.*[?@["x-traits"][?@=="paged"]]\', update: {x-safe: true}}'))
    pets = here.data["paths"]["/pets"]
    assert [method for method, operation in pets.items() if "x-safe" in operation] == ["get", "put"]


def test_aliases_are_changed_one_by_one(tmp_path: Path) -> None:
    here = Applied(tmp_path, overlay("{target: '$.paths[\"/pets\"].get', update: {summary: mine}}"))
    assert "summary" in here.data["paths"]["/pets"]["get"]
    assert "summary" not in here.data["paths"]["/pets"]["put"]


def test_remove_takes_every_match_whatever_their_order(tmp_path: Path) -> None:
    here = Applied(
        tmp_path,
        overlay("{target: '$.tags[0, 2, 0]', remove: true}", "{target: '$..[?@.name==\"x\"]', remove: true}"),
    )
    assert [tag["name"] for tag in here.data["tags"]] == ["b"]
    assert [one["name"] for one in here.data["paths"]["/pets"]["put"]["parameters"]] == ["y"]


def test_copy(tmp_path: Path) -> None:
    here = Applied(tmp_path, overlay("{target: '$.paths[\"/pets\"].post', copy: '$.paths[\"/pets\"].get'}"))
    pets = here.data["paths"]["/pets"]
    assert pets["post"] == {"summary": "s", **pets["get"]}


def test_an_action_that_matches_nothing_is_reported_where_it_stands(tmp_path: Path) -> None:
    here = Applied(tmp_path, overlay("{target: $.info, update: {x: 1}}", "{target: $.nothing, remove: true}"))
    [found] = here.report
    assert (found.code, found.severity) == ("unused-overlay-action", "warning")
    assert found.location is not None
    assert here.resolver.locate(found.location) == (5, 6)


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("{}", ""),
        ("[]", ""),
        ("overlay: 2.0.0", "/overlay"),
        ("overlay: 1.0", "/overlay"),
        ("overlay: 1.0.0", ""),
        ("overlay: 1.0.0\nactions: []", "/actions"),
        (overlay("nonsense"), "/actions/0"),
        (overlay("{update: {}}"), "/actions/0"),
        (overlay("{target: $.info, remove: 'yes'}"), "/actions/0/remove"),
        (overlay("{target: $.info, update: {}, copy: $.tags}"), "/actions/0"),
        (overlay("{target: $, remove: true}"), "/actions/0/target"),
        (overlay("{target: '$.info[', update: {}}"), "/actions/0/target"),
        (overlay("{target: info, update: {}}"), "/actions/0/target"),
        (overlay("{target: $.info, update: 3}"), "/actions/0/update"),
        (overlay("{target: $.info, update: {title: [a]}}"), "/actions/0/update"),
        (overlay("{target: $, update: {tags: {name: x}}}"), "/actions/0/update"),
        (overlay("{target: $.info.title, update: {a: 1}}"), "/actions/0/update"),
        (overlay('{target: \'$["info", "tags"]\', update: {}}'), "/actions/0/target"),
        (overlay("{target: $.info, copy: '$.tags[*]'}"), "/actions/0/copy"),
        (overlay("{target: $.info, copy: $.nothing}"), "/actions/0/copy"),
    ],
)
def test_refused(tmp_path: Path, text: str, pointer: str) -> None:
    [found] = refused(tmp_path, text)
    assert (found.code, found.severity) == ("invalid-overlay", "error")
    assert found.location == Location(str(tmp_path / "0.overlay.yaml"), pointer)


def test_everything_that_is_wrong_is_reported_at_once(tmp_path: Path) -> None:
    wrong = overlay("{update: {}}", "{target: '[', remove: true}")
    assert [found.code for found in refused(tmp_path, wrong, "{}")] == ["invalid-overlay"] * 3


def test_an_overlay_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(API)
    with pytest.raises(DocumentError) as caught:
        Resolver(FetchPolicy(), Limits(), Report()).open(tmp_path / "api.yaml", [str(tmp_path / "no.yaml")])
    assert caught.value.diagnostics[0].code == "file-not-found"


def test_places_stay_where_things_were_written(tmp_path: Path) -> None:
    here = Applied(
        tmp_path,
        overlay(
            "{target: '$.tags[1]', remove: true}",
            "{target: $.tags, update: [{name: d}]}",
            "{target: $.info, update: {title: new, contact: {name: me}}}",
            "{target: '$.paths[\"/pets\"].get.parameters[0]', remove: true}",
            "{target: '$.paths[\"/pets\"].post', copy: '$.paths[\"/pets\"].get'}",
        ),
    )
    assert here.written("/tags/0/name") == ("api.yaml", 3)
    assert here.resolver.origin(Location(here.root.document.uri, "/tags/1")).pointer == "/tags/2"
    assert here.written("/tags/2/name") == ("0.overlay.yaml", 5)
    assert here.written("/info/title") == ("0.overlay.yaml", 6)
    assert here.written("/info/contact/name") == ("0.overlay.yaml", 6)
    assert here.written("/info/version") == ("api.yaml", 2)
    assert here.written("/paths/~1pets/get/parameters/0/name") == ("api.yaml", 9)
    assert here.written("/paths/~1pets/post/parameters/0/name") == ("api.yaml", 9)
    assert here.written("/paths/~1pets/post/summary") == ("api.yaml", 12)
    assert here.written("/nothing/at/all") == ("api.yaml", 1)


def test_references_and_names_that_an_overlay_brings_are_followed(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("k: 1")
    update = "{a: {$ref: 'x.yaml#/k'}, b: {$ref: '#here'}, c: {$anchor: here}}"
    here = Applied(tmp_path, overlay(f"{{target: $, update: {update}}}"))
    assert here.resolver.follow(here.root / "a").value == 1
    assert here.resolver.follow(here.root / "b").key == "#/c"


@pytest.mark.parametrize("name", ["it's", 'say "x"', "back\\slash", '\\"', "a/b~c", "line\nbreak", "ä", "{id}"])
def test_json_paths_select_what_they_name(tmp_path: Path, name: str) -> None:
    here = Applied(tmp_path, api=json.dumps({"list": [0, {name: {"x": 1}}]}))
    place = here.root / "list" / 1 / name
    path = json_path(path_of(place.document, place.pointer))
    text = json.dumps({"overlay": "1.1.0", "actions": [{"target": path, "update": {"y": 2}}]})
    assert Applied(tmp_path, text, api=json.dumps(here.data)).data["list"][1] == {name: {"x": 1, "y": 2}}


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("overlay: 1.1.0\nactions: [{target: $.info, update: {title: u}}]", ""),
        (overlay("{target: $.info, update: {title: u}}", version="1.1").replace("1.1", "'1.1'"), "/overlay"),
        (overlay("{target: $.info, update: {title: u}}").replace("version: v", "version: 1"), "/info/version"),
        (overlay("{target: $.info, update: {title: u}}") + "extends: 3\n", "/extends"),
        (overlay("{target: $.info, update: {title: u}}") + "other: 3\n", "/other"),
        (overlay("{target: $.info, update: {title: u}, description: 3}"), "/actions/0/description"),
        (overlay(*["{target: $.info, update: {title: u}}"] * 2), "/actions/1"),
    ],
)
def test_faults_of_form_are_reported_and_do_no_harm(tmp_path: Path, text: str, pointer: str) -> None:
    applied = Applied(tmp_path, text)
    [found] = applied.report
    assert (found.code, str(found.severity)) == ("invalid-overlay", "warning")
    assert found.location == Location(str(tmp_path / "0.overlay.yaml"), pointer)
    assert applied.data["info"]["title"] == "u"


def test_an_action_that_does_nothing_is_reported(tmp_path: Path) -> None:
    [found] = Applied(tmp_path, overlay("{target: $.info}")).report
    assert found.code == "unused-overlay-action"


def test_names_with_hyphens_need_no_brackets(tmp_path: Path) -> None:
    changed = Applied(tmp_path, overlay("{target: '$.paths.*[?@.x-traits]', update: {summary: paged}}")).data
    assert [item.get("summary") for item in changed["paths"]["/pets"].values()] == ["paged", "paged", "s"]
