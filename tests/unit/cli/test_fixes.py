"""``validate --fixes`` writes an overlay, and with that overlay what it mends is no longer reported."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bothends.cli.main import run
from bothends.config.model import TargetConfig
from bothends.diagnostics.fixes import fixes_overlay
from bothends.diagnostics.model import Diagnostic, DocumentError, Report, Severity
from bothends.pipeline import Session

OPENAPI_3_0 = """
openapi: 3.0.3
info: {title: t, version: v}
paths:
  /a/{x}/b/{y}:
    get:
      operationId: same
      responses: {'200': {description: fine}}
    post:
      operationId: same
      parameters:
        - {name: y, in: path, schema: {type: string}}
        - {name: q, in: query, schema: {type: string}}
        - {name: q, in: query, schema: {type: integer}}
        - {name: q, in: query, schema: {type: boolean}}
        - {name: unused, in: path, required: true, schema: {type: string}}
      responses: {'200': {description: fine}}
components:
  schemas:
    A: {type: object}
    B:
      type: object
      properties:
        described: {$ref: '#/components/schemas/A', description: an A}
        nullable: {$ref: '#/components/schemas/A', nullable: true, minProperties: 1}
        typed: {type: [string, 'null']}
        bounded: {type: number, exclusiveMinimum: 3}
        idle: {type: number, exclusiveMinimum: true}
        list: {type: array, minLength: 1, maxLength: 3, items: {type: string, min_length: 2}}
        both: {type: array, minLength: 1, minItems: 2, items: {type: string}}
        count: {type: integer, maxLength: 3}
        negative: {type: string, minLength: -1}
        multiple: {type: number, multipleOf: 0}
        repeated: {type: string, enum: [a, b, a, b, c]}
        file: {type: file}
        none: {type: string, oneOf: []}
        misspelled: {type: object, additional-properties: {type: string}}
        unfilled: {type: array}
"""

OPENAPI_3_1 = """
openapi: 3.1
info: {title: t, version: v}
paths: {}
components:
  schemas:
    B:
      type: object
      properties:
        nullable: {type: string, nullable: true, enum: [a, b]}
        not_nullable: {type: string, nullable: false}
        bounded: {type: number, minimum: 1, exclusiveMinimum: true}
        unbounded: {type: number, minimum: 1, exclusiveMinimum: false}
        nothing: {type: null}
        nullable_ref: {$ref: '#/components/schemas/C', nullable: true}
        nullable_union: {oneOf: [{type: string}, {type: integer}], nullable: true, description: d}
        tuple: {type: array, items: [{type: string, minItems: 1}, {type: integer, nullable: true}]}
        more: {type: array, items: {type: string}, additionalItems: false}
    C: {type: object}
"""

SWAGGER_2_0 = """
swagger: 2
info: {title: t, version: v}
paths:
  /a/{x}:
    get: {responses: {'200': {description: fine}}}
    post:
      parameters: [{name: f, in: formData, type: file}]
      responses: {'200': {description: fine}}
definitions:
  A: {type: object}
  B: {type: object, properties: {a: {$ref: '#/definitions/A', description: d}}}
"""

OPENAPI_3_2 = """
openapi: 3.2.0
info: {title: t, version: v}
components:
  schemas:
    A: {type: string, xml: {nodeType: attribute, attribute: true}}
"""


def read(spec: Path, *overlays: Path) -> list[Diagnostic]:
    report = Report()
    target = TargetConfig(str(spec), Path("nowhere"), "nowhere", overlays=tuple(map(str, overlays)))
    try:
        Session(target, report, thorough=True).understand()
    except DocumentError as error:
        return [*report, *error.diagnostics]
    return list(report)


@pytest.mark.parametrize("text", [OPENAPI_3_0, OPENAPI_3_1, OPENAPI_3_2, SWAGGER_2_0], ids=["3.0", "3.1", "3.2", "2.0"])
@pytest.mark.parametrize("name", ["fixes.overlay.yaml", "fixes.json"])
def test_what_is_mended_is_no_longer_reported(tmp_path: Path, text: str, name: str) -> None:
    spec, fixes = tmp_path / "api.yaml", tmp_path / name
    spec.write_text(text)
    before = read(spec)
    assert [one.message for one in before if not one.fix and one.code != "invalid-document"] == []
    run(["validate", str(spec), "--fixes", str(fixes), "-q"])
    assert [(one.code, one.message) for one in read(spec, fixes)] == []


@pytest.mark.parametrize("text", [OPENAPI_3_0, OPENAPI_3_1, OPENAPI_3_2, SWAGGER_2_0], ids=["3.0", "3.1", "3.2", "2.0"])
def test_every_cure_by_itself_makes_its_own_finding_go_away(tmp_path: Path, text: str) -> None:
    spec, fixes = tmp_path / "api.yaml", tmp_path / "one.json"
    spec.write_text(text)
    before = read(spec)
    said = Counter((one.code, one.message) for one in before)
    assert any(one.fix for one in before)
    for cure in (one for one in before if one.fix):
        fixes.write_text(json.dumps(fixes_overlay([cure], "one")))
        left = Counter((one.code, one.message) for one in read(spec, fixes))
        assert left[cure.code, cure.message] == said[cure.code, cure.message] - 1


def test_what_is_mended_says_what_it_was_taken_for(tmp_path: Path) -> None:
    """The generated package is the same with the cures as without, where they only say what was assumed."""
    spec, fixes = tmp_path / "api.yaml", tmp_path / "fixes.yaml"
    spec.write_text(OPENAPI_3_0)
    run(["validate", str(spec), "--fixes", str(fixes), "-q"])
    assert run(["generate", str(spec), "-o", str(tmp_path / "before/api"), "-q", "--parts", "client"]) == 0
    assert run(["generate", str(spec), "-o", str(tmp_path / "after/api"), "-q", "--overlay", str(fixes)]) == 0
    method = "operations/default.py"
    assert (tmp_path / "before/api" / method).read_text() == (tmp_path / "after/api" / method).read_text()


def test_an_array_loses_its_elements_from_the_end() -> None:
    def removal(index: int) -> Diagnostic:
        action: dict[str, object] = {"target": f"$.tags[{index}]", "remove": True}
        return Diagnostic("invalid-document", "warning", f"no. {index}", fix=(action,))  # type: ignore[arg-type]

    deeper: dict[str, object] = {"target": "$.tags[2].name.x", "update": 1}
    inner = Diagnostic("invalid-document", "warning", "inner", fix=(deeper,))  # type: ignore[arg-type]
    overlay: Any = fixes_overlay([removal(2), inner, removal(10), removal(1)], "t")
    assert [action["description"] for action in overlay["actions"]] == ["inner", "no. 10", "no. 2", "no. 1"]
    assert fixes_overlay([Diagnostic("invalid-document", "warning", "m")], "t") is None  # type: ignore[arg-type]


def test_nothing_is_written_where_nothing_can_be_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "api.json"
    spec.write_text(json.dumps({"openapi": "3.1.0", "info": {"title": "t", "version": "v"}, "paths": {}}))
    assert run(["validate", str(spec), "--fixes", str(tmp_path / "fixes.yaml")]) == 0
    assert "nothing that an overlay can mend" in capsys.readouterr().out
    assert not (tmp_path / "fixes.yaml").exists()


def test_other_documents_are_not_mended(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("A: {type: array, minLength: 1}")
    spec = tmp_path / "api.yaml"
    header = "openapi: 3.1.0\ninfo: {title: t, version: v}\npaths: {}\n"
    spec.write_text(header + "components: {schemas: {A: {$ref: 'x.yaml#/A'}}}")
    [found] = [one for one in read(spec) if one.code == "ignored-keyword"]
    assert found.fix == ()


def test_fixes_go_with_one_document(tmp_path: Path) -> None:
    assert run(["validate", "a.yaml", "b.yaml", "--fixes", str(tmp_path / "x.yaml")]) == 2
    assert list(tmp_path.iterdir()) == []


def test_schemas_that_are_not_there_become_any_value(tmp_path: Path) -> None:
    spec, fixes = tmp_path / "api.yaml", tmp_path / "fixes.yaml"
    missing = "      properties: {a: {$ref: '#/components/schemas/Zebra'}, b: {$ref: '#/components/schemas/Zebra'}}\n"
    spec.write_text(OPENAPI_3_2 + "    B:\n" + missing)
    assert {one.code for one in read(spec) if one.severity is Severity.ERROR} == {"unresolved-reference"}
    run(["validate", str(spec), "--fixes", str(fixes), "-q"])
    assert [(one.code, one.message) for one in read(spec, fixes)] == []
