"""What a hostile case is, and the words that the cases are written in."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]


@dataclass(frozen=True)
class Hostile:
    """A folder of files by name, the root document first.

    ``links`` are symbolic links, ``pipes`` named pipes; ``arguments`` go with the call.
    """

    name: str
    files: Mapping[str, bytes]
    links: Mapping[str, str] = field(default_factory=dict[str, str])
    pipes: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return sum(map(len, self.files.values()))

    def write(self, folder: Path) -> Path:
        """Write the files and return the root document."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name, target in self.links.items():
            (folder / name).symlink_to(target)
        for name in self.pipes:
            os.mkfifo(folder / name)
        return folder / next(iter(self.files))


#: A name and the content of a document: bytes stand for themselves, anything else is written as JSON.
Cases = Iterator[tuple[str, Any]]
Family = Callable[[], Cases]

LEAF: Json = {"type": "object", "properties": {"leaf": {"type": "string"}}}
SHAPE: Json = {"type": "object", "properties": {"a": {"type": "string"}}}
TEXT: Json = {"type": "string"}
SMALL = Path(__file__).parents[1].joinpath("documents", "small.yaml").read_bytes()
SMALL_JSON: Json = json.loads(json.dumps(yaml.safe_load(SMALL), default=str))
HEAD = "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {}\n"


def made(name: str, content: Any) -> Hostile:
    """Return the case of a name and a content."""
    if isinstance(content, Hostile):
        return content
    if isinstance(content, bytes):
        return Hostile(name, {"openapi.yaml": content})
    return Hostile(name, {"openapi.json": json.dumps(content).encode()})


def document(schemas: Json | None = None, paths: Json | None = None, **more: Any) -> Json:
    """Return a document that is right but for what it is given."""
    components = {"schemas": schemas or {}} | more.pop("components", {})
    head = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
    return head | {"paths": paths or {}, "components": components} | more


def operation(**more: Any) -> Json:
    """Return an operation that is right but for what it is given."""
    return {"responses": {"200": {"description": "ok"}}} | more


def get(schemas: Json | None = None, **more: Any) -> Json:
    """Return a document with one operation."""
    return document(schemas, {"/a": {"get": operation(**more)}})


def post(content: Json, schemas: Json | None = None) -> Json:
    """Return a document with one operation that is sent bodies of these media types."""
    return document(schemas, {"/a": {"post": operation(requestBody={"content": content})}})


def answer(schemas: Json | None = None, **more: Any) -> Json:
    """Return a document with one operation that answers so."""
    return document(schemas, {"/a": {"get": {"responses": {"200": {"description": "x"} | more}}}})


def parameter(name: str, place: str = "query", **more: Any) -> Json:
    return {"name": name, "in": place, "schema": TEXT, "required": place == "path"} | more


def media(schema: Any, media_type: str = "application/json") -> Json:
    return {media_type: {"schema": schema}}


def ref(name: str) -> Json:
    """Return a reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def chain(length: int, wrap: Callable[[int, Json], Any], end: Json = LEAF) -> Json:
    """Return schemas ``A0`` to ``A<length>``, each made from its number and a reference to the next."""
    return {f"A{n}": wrap(n, ref(f"A{n + 1}")) for n in range(length)} | {f"A{length}": end}


def nested(depth: int, wrap: Callable[[Any], Any], inner: Any = None) -> Any:
    """Return a value wrapped so often."""
    value = TEXT if inner is None else inner
    for _ in range(depth):
        value = wrap(value)
    return value


def has(names: Iterable[str], schema: Any = TEXT, **more: Any) -> Json:
    """Return the schema of objects with these properties."""
    return {"type": "object", "properties": dict.fromkeys(names, schema)} | more


def files(name: str, **content: Any) -> Hostile:
    """Return a case of several JSON files; a double underscore stands for the dot in their names."""
    texts = {key.replace("__", "."): json.dumps(value).encode() for key, value in content.items()}
    return Hostile(name, texts)
