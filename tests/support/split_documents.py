"""Two documents, for pets and for owners, that are split over files."""

from __future__ import annotations

from pathlib import Path

DOCUMENT = """\
openapi: 3.1.0
info: {{title: {title}, version: "1"}}
servers: [{{url: https://{name}.example}}]
paths:
  /{name}:
    get:
      operationId: list
      tags: [{name}]
      responses:
        "200":
          description: All of them
          content: {{application/json: {{schema: {{$ref: {name}/item.yaml#/Item}}}}}}
"""
FRAGMENT = "Item: {{type: object, required: [{field}], properties: {{{field}: {{type: string}}}}}}\n"


def write_documents(folder: Path) -> None:
    """Write ``pets.yaml`` and ``owners.yaml``, each with a fragment."""
    for name in ("pets", "owners"):
        (folder / name).mkdir(parents=True)
        (folder / f"{name}.yaml").write_text(DOCUMENT.format(title=name.title(), name=name))
        write_fragment(folder, name, "name")


def write_fragment(folder: Path, name: str, field: str) -> None:
    """Write the fragment of a document, with an object that has one field."""
    (folder / name / "item.yaml").write_text(FRAGMENT.format(field=field))
