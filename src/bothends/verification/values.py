"""Arguments for operations: documented examples first, else values made from the schema.

The values are made by the mock's sampler, which every generated server carries; the declared type has the last word
on each. Nothing here knows a particular document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from bothends.ir.operations import Content, Parameter, Place
from bothends.loading.data import is_list, is_mapping
from bothends.loading.pointer import parse


class NoValueError(ValueError):
    """No value of a declared type could be made."""


class Values:
    """Makes arguments for the operations of one generated package (``package`` is its import name)."""

    def __init__(self, package: str, document: Mapping[str, Any]) -> None:
        self._document = document
        self._adapter = import_module(f"{package}._runtime.adapters").adapter
        mock = f"{package}._runtime.server.mock"
        self._declared = import_module(f"{mock}.declared").declared_candidates
        self._of_document = import_module(f"{mock}.samples").Sampler(document)

    def parameter(self, parameter: Parameter, type_: Any) -> Any:
        """Return a value for a parameter. Raises NoValueError."""
        candidates = self._parameter_candidates(parameter, type_)
        if parameter.place is Place.PATH:
            candidates = (value for value in candidates if value != "")  # no slot can be empty
        return self._first(candidates, type_, parameter.wire)

    def body(self, content: Content, type_: Any, word: str) -> Any:
        """Return a value for a request body in one media type. Raises NoValueError."""
        return self._first(self._content_candidates(content, type_), type_, word)

    def examples(self, content: Content, type_: Any) -> Iterator[tuple[str, Any]]:
        """Yield the documented examples of a body that are of its type, by name."""
        for name, value in content.examples:
            try:
                yield name, self._first(iter([value]), type_, name)
            except NoValueError:
                continue

    def _parameter_candidates(self, parameter: Parameter, type_: Any) -> Iterator[Any]:
        yield from parameter.doc.examples
        if isinstance(parameter.encoding, Content):
            yield from self._content_candidates(parameter.encoding, type_)
        yield from self._source(parameter.origin.pointer, parameter.wire)
        yield from self._declared(type_, parameter.wire)

    def _content_candidates(self, content: Content, type_: Any) -> Iterator[Any]:
        yield from (value for _, value in content.examples)
        yield from self._source(content.origin.pointer, "body")
        yield from self._declared(type_, "body")

    def _source(self, pointer: str, word: str) -> Iterator[Any]:
        """Yield candidates for the schema that stands at a place of the source document."""
        found: Any = self._document
        for token in parse(pointer):
            found = found.get(token) if is_mapping(found) else _item(found, token)
        if is_mapping(found):
            yield from self._of_document.candidates(found.get("schema", found), word)

    def _first(self, candidates: Iterator[Any], type_: Any, word: str) -> Any:
        adapter = self._adapter(type_)
        for candidate in candidates:
            try:
                return adapter.validate_json(json.dumps(candidate))
            except ValueError:
                continue
        raise NoValueError(f"no value for {word} could be made")


def _item(value: Any, token: str) -> Any:
    if is_list(value) and token.isdigit() and int(token) < len(value):
        return value[int(token)]
    return None
