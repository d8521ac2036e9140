"""Bodies in YAML through a generated package: the client's octets reach a handler as its model, and come back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from support.exchange import ask, call
from support.packages import Package, make_package

DOCUMENT = """\
openapi: 3.1.0
info: {title: Harvest, version: "1"}
paths:
  /plots:
    put:
      operationId: storePlot
      tags: [plots]
      requestBody:
        required: true
        content:
          application/yaml: &plot {schema: {$ref: "#/components/schemas/Plot"}}
          application/json: *plot
      responses:
        "200": {description: Stored, content: {application/yaml: *plot, application/json: *plot}}
        default: {description: Refused, content: {text/yaml: {schema: {$ref: "#/components/schemas/Refusal"}}}}
  /plans:
    post:
      operationId: storePlan
      tags: [plots]
      requestBody: {required: true, content: {application/yaml: *plot}}
      responses: {"200": {description: Stored, content: {application/vnd.plan+yaml: *plot}}}
components:
  schemas:
    Plot:
      type: object
      required: [name, sown]
      properties:
        name: {type: string}
        sown: {type: string, format: date}
        rows: {type: array, items: {type: integer, minimum: 1}}
    Refusal: {type: object, required: [message], properties: {message: {type: string}}}
"""
PLOT = {"name": "no", "sown": "2024-05-01", "rows": [1, 2]}


@pytest.fixture(scope="module")
def harvest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    folder = tmp_path_factory.mktemp("harvest")
    spec = folder / "openapi.yaml"
    spec.write_text(DOCUMENT, encoding="utf-8")
    sys.path.insert(0, str(folder))
    yield make_package(spec, folder, "harvest_in_yaml")
    sys.path.remove(str(folder))


def application(harvest: Package) -> Any:
    server = harvest.load("server")

    def store(self: Any, *, body: Any) -> Any:
        assert type(body).__name__ == "Plot"
        return body

    return server.create_app(type("Handlers", (server.Handlers,), {"store_plot": store, "store_plan": store})())


def test_a_model_travels_as_yaml_where_there_is_nothing_else(harvest: Package) -> None:
    schemas = harvest.load("schemas")

    async def use(client: Any) -> Any:
        return await client.with_raw_response(client.plots.store_plan)(body=schemas.Plot.from_dict(PLOT))

    answer = call(harvest, application(harvest), use)
    assert answer.value == schemas.Plot.from_dict(PLOT)
    assert answer.headers["content-type"] == "application/vnd.plan+yaml"
    assert answer.content.decode() == 'name: "no"\nsown: "2024-05-01"\nrows:\n  - 1\n  - 2\n'


def test_json_is_sent_and_answered_unless_yaml_is_asked_for(harvest: Package) -> None:
    app = application(harvest)

    async def use(client: Any) -> Any:
        store = client.with_raw_response(client.plots.store_plot)
        return [
            await store(body=PLOT),
            await store(body=PLOT, media_type="application/yaml", accept="application/yaml"),
        ]

    plain, yaml = call(harvest, app, use)
    assert plain.value == yaml.value
    assert [one.headers["content-type"] for one in (plain, yaml)] == ["application/json", "application/yaml"]
    assert ask(app, "PUT", "/plots", json=PLOT).headers["content-type"] == "application/json"


def test_what_is_not_of_the_schema_is_refused_as_the_document_says(harvest: Package) -> None:
    app, headers = application(harvest), {"Content-Type": "application/yaml"}
    for text in ("name: 1\nsown: 2024-05-01", "name: a\nsown: yesterday", "name: [", "!!python/name:os.system x"):
        answer = ask(app, "PUT", "/plots", content=text, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (400, "text/yaml")
        assert answer.text.startswith("message: ")
    answer = ask(app, "PUT", "/plots", content="name: no\nsown: 2024-05-01", headers=headers)
    assert answer.json() == {"name": "no", "sown": "2024-05-01"}


def test_a_failure_in_yaml_is_raised_with_its_model(harvest: Package) -> None:
    errors, schemas = harvest.load("errors"), harvest.load("schemas")
    wrong = schemas.Plot.model_construct(name="a", sown="yesterday")

    async def use(client: Any) -> Any:
        await client.plots.store_plot(body=wrong)

    with pytest.raises(errors.StatusError) as caught:
        call(harvest, application(harvest), use)
    assert type(caught.value.body) is schemas.Refusal
    assert "sown" in caught.value.body.message
