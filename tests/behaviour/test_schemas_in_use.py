"""Generated schemas as other code uses them: nothing has to be rebuilt, imported in an order, or known beforehand."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from pydantic import BaseModel, TypeAdapter

from support.documents import SPECS
from support.packages import Package, make_package

DOCUMENTS = [spec.parent.name for spec in SPECS]
ZOO = """\
openapi: 3.1.0
info: {title: Zoo, version: "1"}
paths:
  /cats: {get: {operationId: listCats, responses: {"200": {$ref: "#/components/responses/Cats"}}}}
components:
  responses:
    Cats: {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/Cat"}}}}
  schemas:
    Cat:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 1}
        friend: {$ref: "#/components/schemas/Dog"}
        kind: {$ref: "#/components/schemas/Kind"}
        born: {type: string, format: date-time}
        weight: {type: number, format: decimal}
    Dog: {type: object, additionalProperties: false, properties: {cat: {$ref: "#/components/schemas/Cat"}}}
    Kind: {type: string, enum: [tabby, in-door]}
    Tree:
      type: object
      required: [type]
      properties: {type: {const: tree}, inner: {$ref: "#/components/schemas/Node"}}
    Leaf: {type: object, required: [type], additionalProperties: false, properties: {type: {const: leaf}}}
    Node: {oneOf: [{$ref: "#/components/schemas/Tree"}, {$ref: "#/components/schemas/Leaf"}]}
    Nested: {anyOf: [{type: integer}, {type: array, items: {$ref: "#/components/schemas/Nested"}}]}
    Zoo: {type: object, properties: {nodes: {type: array, items: {$ref: "#/components/schemas/Node"}}}}
"""
CAT = {"name": "Tom", "friend": {"cat": {"name": "Kitty"}}, "kind": "in-door", "born": "2024-01-01T00:00:00Z"}


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    folder = tmp_path_factory.mktemp("zoo")
    spec = folder / "openapi.yaml"
    spec.write_text(ZOO, encoding="utf-8")
    sys.path.insert(0, str(folder))
    yield make_package(spec, folder, "zoo_in_use")
    sys.path.remove(str(folder))


@pytest.mark.parametrize(
    "program",
    [
        "print(schemas.Cat.from_dict(CAT).friend.cat.name)",
        "print(TypeAdapter(list[schemas.Cat]).validate_python([CAT])[0].friend.cat.name)",
        "print(TypeAdapter(dict[str, schemas.Node]).validate_python({'a': {'type': 'leaf'}})['a'].type)",
        "print(TypeAdapter(schemas.Nested).validate_json('[1, [2]]'))",
        "print(schemas.Cat.model_json_schema()['$defs']['Cat']['title'])",
        "print(schemas.Zoo(nodes=[schemas.Leaf(type='leaf')]).to_json())",
        "print(create_model('Mine', cat=(schemas.Cat, ...)).model_validate({'cat': CAT}).cat.friend.cat.name)",
        "class Mine(schemas.Cat):\n    lives: int = 9\nprint(Mine.model_validate({**CAT, 'lives': 1}).friend.cat.name)",
        "class Mine(BaseModel):\n    nodes: list[schemas.Node]\nprint(Mine(nodes=[{'type': 'tree'}]).nodes[0].type)",
        "import zoo_in_use.schemas.leaf as leaf; print(leaf.Leaf(type='leaf').type)",
        "from zoo_in_use.schemas import *\nprint(Cat.from_dict(CAT).kind.name, Kind.TABBY)",
    ],
)
def test_whatever_is_used_first_needs_nothing_else(program: str, zoo: Package) -> None:
    start = "from pydantic import BaseModel, TypeAdapter, create_model\nfrom zoo_in_use import schemas\n"
    command = [sys.executable, "-W", "error", "-c", f"{start}CAT = {CAT!r}\n{program}"]
    done = subprocess.run(command, cwd=zoo.folder.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_values_are_pickled_and_copied_with_what_is_set_and_what_came_in_besides(zoo: Package) -> None:
    schemas = zoo.load("schemas")
    cat = schemas.Cat.from_dict({**CAT, "extra": [1]})
    leaf = schemas.Leaf(type="leaf")
    for value in (cat, leaf, schemas.Kind.TABBY, schemas.Zoo(nodes=[leaf])):
        for twin in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert twin == value
            assert type(twin) is type(value)
    deep = copy.deepcopy(cat)
    assert deep.to_dict() == cat.to_dict() == {**CAT, "extra": [1]}
    deep.friend.cat.name = "Other"
    assert cat.friend.cat.name == "Kitty"
    assert pickle.loads(pickle.dumps(schemas.Cat)) is schemas.Cat


def test_all_says_what_there_is(zoo: Package) -> None:
    schemas = zoo.load("schemas")
    assert sorted(schemas.__all__) == ["Cat", "Dog", "Kind", "Leaf", "Nested", "Node", "Tree", "Zoo"]
    assert set(schemas.__all__) <= set(dir(schemas))
    with pytest.raises(AttributeError, match="no attribute 'Cow'"):
        _ = schemas.Cow


def test_a_subclass_keeps_the_rules_of_its_class(zoo: Package) -> None:
    schemas = zoo.load("schemas")

    class Leaf(schemas.Leaf):  # type: ignore[name-defined,misc]
        size: int = 1

        def double(self) -> int:
            return self.size * 2

    assert Leaf.from_dict({"type": "leaf", "size": 3}).double() == 6
    with pytest.raises(ValueError, match="extra_forbidden"):
        Leaf.from_dict({"type": "leaf", "colour": "red"})
    assert schemas.Zoo(nodes=[Leaf(type="leaf", size=2)]).nodes[0].double() == 4


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_schema_is_described_in_json_schema(document: str, packages: dict[str, Package]) -> None:
    schemas = packages[document].load("schemas")
    assert schemas.__all__
    for name in schemas.__all__:
        found = getattr(schemas, name)
        is_model = isinstance(found, type) and issubclass(found, BaseModel)
        for mode in ("validation", "serialization"):
            described = found.model_json_schema(mode=mode) if is_model else TypeAdapter(found).json_schema(mode=mode)
            jsonschema_rs.meta.validate(described)


def test_a_closed_class_is_described_as_closed(zoo: Package) -> None:
    schemas = zoo.load("schemas")
    assert schemas.Leaf.model_json_schema()["additionalProperties"] is False
    described = schemas.Cat.model_json_schema()
    assert described["$defs"]["Dog"]["additionalProperties"] is False
    assert not jsonschema_rs.is_valid(described, {**CAT, "friend": {"x": 1}})
    jsonschema_rs.validate(described, CAT)


def test_an_application_of_ones_own_takes_and_describes_them(zoo: Package) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    schemas = zoo.load("schemas")
    app = FastAPI()

    async def swap(cat: Any) -> Any:
        return cat.friend.cat

    swap.__annotations__ = {"cat": schemas.Cat, "return": schemas.Cat}
    app.post("/swap", response_model_exclude_unset=True)(swap)
    app.get("/nodes", response_model=list[schemas.Node])(lambda: [{"type": "leaf"}])
    document = app.openapi()
    described = {name.partition("-")[0] for name in document["components"]["schemas"]}
    assert {"Cat", "Dog", "Kind", "Leaf", "Tree"} <= described
    with TestClient(app) as client:
        assert client.post("/swap", json=CAT).json() == {"name": "Kitty"}
        assert client.post("/swap", json={"name": ""}).status_code == 422
        assert client.get("/nodes").json() == [{"type": "leaf"}]


def test_threads_may_all_be_the_first(zoo: Package) -> None:
    program = """
import sys, threading
sys.setswitchinterval(1e-6)
from zoo_in_use import schemas
barrier, found, failed = threading.Barrier(16), [], []
def use(number):
    barrier.wait()
    try:
        name = schemas.__all__[number % len(schemas.__all__)]
        getattr(schemas, name)
        found.append(schemas.Cat.from_dict({"name": "Tom", "friend": {"cat": {"name": "x"}}}).friend.cat)
        found.append(schemas.Zoo.from_dict({"nodes": [{"type": "tree", "inner": {"type": "leaf"}}]}))
    except BaseException as error:
        failed.append(repr(error))
threads = [threading.Thread(target=use, args=(number,)) for number in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert not failed, failed
assert len(found) == 32 and len({type(one) for one in found}) == 2
"""
    for _ in range(3):
        command = [sys.executable, "-W", "error", "-c", program]
        done = subprocess.run(command, cwd=zoo.folder.parent, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


PROGRAM = """\
from zoo_in_use import schemas
from zoo_in_use.schemas import Kind

cat = schemas.Cat(name="Tom", kind=Kind.TABBY)
reveal_type(cat.friend)
reveal_type(schemas.Zoo().nodes)
schemas.Cow
cat.nmae
schemas.Cat(nam="x")
"""


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["mypy", "pyright"])
def test_type_checkers_know_them(tool: str, zoo: Package, tmp_path: Path) -> None:
    program = zoo.folder.parent / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    if tool == "mypy":
        command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), str(program)]
    else:
        command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, str(program)]
    done = subprocess.run(command, cwd=zoo.folder.parent, capture_output=True, text=True, check=False)
    if tool == "pyright":
        said = json.loads(done.stdout)["generalDiagnostics"]
        lines = [(one["range"]["start"]["line"] + 1, one["severity"], one["message"]) for one in said]
    else:
        parts = (line.split(":", 3) for line in done.stdout.splitlines() if line.startswith("program.py:"))
        lines = [(int(line), kind.strip(), message) for _, line, kind, message in parts]
    assert {line for line, kind, _ in lines if kind == "error"} == {7, 8, 9}, done.stdout
    revealed = {line: message for line, _, message in lines if line in (5, 6)}
    assert "Dog" in revealed[5]
    assert "Tree" in revealed[6]
    assert "Leaf" in revealed[6]
