"""The served document, as far as answering needs it: examples and schemas of responses.

Comes in: the document as it is embedded in the package, of any version. Goes out:
parts of it, references followed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any

from ..kinds import is_mapping
from .mock.holds import Schema
from .mock.samples import Sampler

JsonObject = Mapping[str, Any]
_NOTHING: JsonObject = {}


@dataclass(frozen=True, slots=True)
class Documented:
    """What the document holds for one media type of a response, or for a header."""

    schema: Schema = True
    examples: tuple[tuple[str, Any], ...] = ()


@dataclass
class ServedDocument:
    """A document, loaded from the package when it is first needed."""

    package: str
    seed: int = 0
    given: JsonObject | None = field(default=None, repr=False)

    @cached_property
    def content(self) -> JsonObject:
        """The document."""
        if self.given is not None:
            return self.given
        text = files(self.package).joinpath("openapi.json").read_bytes()
        content: JsonObject = json.loads(text)
        return content

    @cached_property
    def sampler(self) -> Sampler:
        """What makes values for its schemas."""
        return Sampler(self.content, self.seed)

    @property
    def title(self) -> str:
        """The title of the document."""
        return self._info("title", "API")

    @property
    def version(self) -> str:
        """The version of the API."""
        return self._info("version", "0")

    def _info(self, name: str, otherwise: str) -> str:
        info = self.content.get("info")
        return str(info.get(name, otherwise)) if is_mapping(info) else otherwise

    def operation(self, method: str, path: str) -> JsonObject:
        """Return an operation object."""
        item = self._followed(self.content.get("paths", {}).get(path))
        found = item.get(method.lower())
        if found is None:
            found = item.get("additionalOperations", {}).get(method)
        return self._followed(found)

    def callbacks(self, method: str, path: str) -> JsonObject:
        """Return the callback objects of an operation by their names."""
        found = self.operation(method, path).get("callbacks", _NOTHING)
        if not is_mapping(found):
            return _NOTHING
        return {name: self._followed(callback) for name, callback in found.items()}

    def response(self, operation: JsonObject, status: int | str) -> JsonObject:
        """Return a response object by the status that it is documented for."""
        responses: JsonObject = operation.get("responses", {})
        key = str(status)
        found = responses.get(key, responses.get(key.lower()))
        return self._followed(found)

    def body(
        self, operation: JsonObject, response: JsonObject, media_type: str
    ) -> Documented:
        """Return what the document holds for a media type of a response."""
        if "content" not in response:
            examples: JsonObject = response.get("examples", _NOTHING)
            given = tuple(item for item in examples.items() if item[0] == media_type)
            return Documented(_schema(response), given)
        media = self._media(response["content"], media_type)
        return Documented(_schema(media), tuple(self._examples(media)))

    def items(self, response: JsonObject, media_type: str) -> Documented:
        """Return what the document holds for one event or line of a response."""
        media = self._media(response.get("content", {}), media_type)
        examples = tuple(self._examples(media))
        if "itemSchema" in media:
            return Documented(media["itemSchema"], examples)
        flat, _, _ = self.sampler.flattener.flatten(_schema(media))
        # Before 3.2 some describe the whole stream as an array.
        if is_mapping(flat) and flat.get("type") == "array" and "items" in flat:
            return Documented(flat["items"], examples)
        return Documented(_schema(media), examples)

    def header(self, response: JsonObject, name: str) -> Documented:
        """Return what the document holds for a header of a response."""
        for key, header in response.get("headers", {}).items():
            if key.lower() == name.lower():
                found = self._followed(header)
                if "content" in found:
                    found = next(iter(found["content"].values()), _NOTHING)
                # In 2.0 a header is its own schema.
                schema = _schema(found) if "schema" in found else _typed(found)
                return Documented(schema, tuple(self._examples(found)))
        return Documented()

    def _media(self, content: JsonObject, media_type: str) -> JsonObject:
        for key, media in content.items():
            if key.lower() == media_type.lower():
                return self._followed(media)
        return _NOTHING

    def _examples(self, holder: JsonObject) -> Iterator[tuple[str, Any]]:
        if "example" in holder:
            yield "", holder["example"]
        named: JsonObject = holder.get("examples") or {}
        for name, example in named.items():
            found = self._followed(example)
            for key in ("value", "dataValue"):
                if key in found:
                    yield name, found[key]
                    break

    def _followed(self, value: Any) -> JsonObject:
        for _ in range(20):
            if is_mapping(value) and isinstance(value.get("$ref"), str):
                value = self.sampler.resolve(value["$ref"])
        return value if is_mapping(value) else _NOTHING


def _schema(holder: JsonObject) -> Schema:
    schema: Schema = holder.get("schema", True)
    return schema


def _typed(header: JsonObject) -> Schema:
    known = {"description", "headers", "example", "examples", "required", "style"}
    return {key: value for key, value in header.items() if key not in known}
