"""What an operation answers where the mock remembers.

Comes in: a valid call. Goes out: the answer of the mock with what was created in it,
404 for what is not there, or None where the operation has nothing to do with
resources: then the mock answers as it would without memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

from pydantic import ValidationError
from starlette.requests import Request

from ....coding.arguments import decode_path
from ....coding.problem import CodingError
from ....kinds import is_dict, is_list, is_mapping
from ....operation import Json, Operation, Raises
from ....pagination import Pages
from ...conditions import entity_tag, require_current
from ...document import ServedDocument
from ...failure import FailureError
from ..bodies import encode_example
from ..visible import visible
from .changes import jsonable, merged
from .filters import filtered
from .identity import id_names, located, new_ids
from .links import below, linked, page_headers
from .paging import page_of, speaks_of_pages
from .rendering import at, rendered, rendered_list
from .shapes import Shape, concrete, spelt
from .store import Store


@dataclass(frozen=True, slots=True)
class Call:
    """A valid call: the request, the raw text of its slots, its arguments."""

    request: Request
    slots: Mapping[str, str]
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """What the mock would answer: values of one media type, and their schema."""

    media: Json
    schema: Any
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A body, the headers that go with it, and whether it has just been created."""

    body: Any
    headers: Mapping[str, str]
    created: bool = False


class Memory:
    """Answers one operation out of a store."""

    def __init__(
        self,
        operation: Operation[Any],
        shape: Shape,
        store: Store,
        document: ServedDocument,
    ) -> None:
        self._operation = operation
        self._shape = shape
        self._store = store
        self._document = document
        slot = shape.id.wire if shape.id else ""
        self._pages = _with_wire_name(operation)
        found = id_names(slot, tuple(linked(document, operation, slot)))
        # What has no collection needs no id: all of a body is it.
        self._names = () if shape.single else found

    def check(self, call: Call) -> bool:
        """Refuse a call on what is not there; tell whether all of its path is."""
        steps = self._shape.steps
        if self._shape.act == "replace" and not self._shape.single:
            steps = steps[:-1]
        for step in steps:
            collection = concrete(step.collection, call.slots)
            key = spelt(call.slots[step.slot])
            if self._store.get(collection, key) is not None:
                continue
            if self._says_404 or self._store.knew(collection, key):
                raise FailureError(404, "There is no such resource")
            return False
        if self._shape.single and self._is_gone(call):
            raise FailureError(404, "There is no such resource")
        self._require_current(call)
        return True

    def _is_gone(self, call: Call) -> bool:
        """Tell whether what has no collection was deleted, and is not made anew."""
        is_made = self._shape.act == "replace"
        place = (self._collection(call), self._id(call))
        knew = self._store.knew(*place)
        return not is_made and knew and self._store.get(*place) is None

    def _require_current(self, call: Call) -> None:
        """Refuse a change of another copy than the kept one, where 412 says that."""
        is_change = self._shape.act in ("replace", "merge", "remove")
        if is_change and isinstance(self._operation.response_for(412), Raises):
            kept = self._kept(call)
            tag = None if kept is None else _tag(kept)
            require_current(call.request.headers, tag)

    def status(self, call: Call) -> str | None:
        """Return the status that tells a resource written anew from a changed one."""
        if self._shape.act != "replace":
            return None
        known = [one.status for one in self._operation.returns]
        is_new = self._kept(call) is None
        fits = (str(code) for code in known if (code == 201) == is_new)
        return next(fits, None)

    def answer(self, call: Call, sample: Sample | None) -> Answered | None:
        """Return the answer and remember what it changes, or None.

        ``sample`` is None where the answer has no body that could hold a resource.
        """
        match self._shape.act:
            case "create":
                return self._create(call, sample)
            case "list":
                return self._list(call, sample)
            case "read":
                return self._shown(self._kept(call), sample)
            case "replace" | "merge":
                return self._change(call, sample)
            case "remove":
                kept = self._kept(call)
                if self._shape.single and kept is None:
                    self._store.put(self._collection(call), self._id(call), {})
                self._store.delete(self._collection(call), self._id(call))
                return self._shown(kept, sample)
            case "none":
                return None

    def _create(self, call: Call, sample: Sample | None) -> Answered | None:
        given = jsonable(call.arguments.get("body"))
        if is_list(given):
            return None
        # Of octets, XML among them, nothing is known but that they make a resource.
        given = given if is_dict(given) else {}
        collection = self._collection(call)
        for name, made in self._ids(given, sample, collection):
            key = spelt(quote(str(made), safe=""))
            if not self._takes(made) or self._store.knew(collection, key):
                continue
            resource = {**given, name: made}
            found = self._shown(resource, sample)
            if found is None and sample is not None:
                continue
            whole = self._whole(resource, found)
            if whole.get(name, made) != made:
                continue
            self._store.put(collection, key, whole)
            headers = {"ETag": _tag(whole)}
            if self._shape.id:
                headers["Location"] = below(call.request, key)
            return Answered(found.body if found else None, headers, created=True)
        return None

    def _ids(
        self, given: Mapping[str, Any], sample: Sample | None, collection: str
    ) -> Iterator[tuple[str, str | int]]:
        """Yield names and values that may become the id, the best first."""
        number = self._store.count(collection) + 1
        values: tuple[Any, ...] = sample.values if sample else ({"id": "id"},)
        is_named = False
        for value in values[:3]:
            place = located(value, self._names)
            if place is None:
                continue
            is_named = True
            path, name = place
            own = given.get(name)
            if isinstance(own, str | int):
                self._refuse_second(collection, str(own))
                yield name, own
            schema = self._schema_at(sample.schema if sample else True, (*path, name))
            example = at(value, (*path, name))
            yield from ((name, made) for made in new_ids(example, schema, number))
        if not is_named:
            yield from (("id", made) for made in new_ids(number, {}, number))

    def _refuse_second(self, collection: str, id: str) -> None:
        kept = self._store.get(collection, spelt(quote(id, safe="")))
        if kept is not None and isinstance(self._operation.responses.get(409), Raises):
            raise FailureError(409, "There is already a resource with this id")

    def _list(self, call: Call, sample: Sample | None) -> Answered | None:
        if sample is None:
            return None
        query, pages = self._query(call), self._pages
        wishes = {
            name: value
            for name, value in query.items()
            if not speaks_of_pages(name, pages)
        }
        resources = filtered(self._store.all(self._collection(call)), wishes)
        page = page_of(query, resources, pages)
        shown = resources[page.start : page.end]
        test = _Test(sample)
        body = rendered_list(shown, self._names, page, sample.values, test)
        headers = page_headers(call.request, page)
        return None if body is None else self._answered(body, sample, headers)

    def _change(self, call: Call, sample: Sample | None) -> Answered | None:
        given = jsonable(call.arguments.get("body"))
        kept = self._kept(call)
        if self._shape.single:
            kept = kept if kept is not None else _first_object(sample)
        elif kept is None and self._says_404 and not self._creates:
            raise FailureError(404, "There is no such resource")
        is_made_bare = given is None and self._shape.single and self._creates
        if not is_dict(given) and not is_made_bare:
            return self._shown(kept, sample)
        fields = given if is_dict(given) else dict[str, Any]()
        if self._shape.act == "merge":
            changed = merged(kept or {}, fields)
        else:
            changed = {**self._identity(call, kept, sample), **fields}
        found = self._shown(changed, sample)
        if found is None and sample is not None:
            # Something that the body leaves out has to be there: what it was.
            changed = {**(kept or {}), **changed}
            found = self._shown(changed, sample)
        whole = self._whole(changed, found)
        self._store.put(self._collection(call), self._id(call), whole)
        body = found.body if found else None
        return Answered(body, {"ETag": _tag(whole)}, created=kept is None)

    def _identity(
        self, call: Call, kept: Mapping[str, Any] | None, sample: Sample | None
    ) -> dict[str, Any]:
        """Return the property that names a resource that is written anew."""
        if kept is not None:
            return {name: kept[name] for name in self._names[:1] if name in kept} or {
                name: kept[name] for name in ("id",) if name in kept
            }
        values = sample.values if sample else ()
        for value in values:
            place = located(value, self._names)
            if place is not None:
                step = self._shape.steps[-1]
                return {place[1]: unquote(call.slots[step.slot])}
        return {}

    def _shown(
        self, resource: Mapping[str, Any] | None, sample: Sample | None
    ) -> Answered | None:
        if resource is None or sample is None:
            return None
        body = rendered(resource, self._names, sample.values, _Test(sample))
        headers = {"ETag": _tag(resource)}
        return None if body is None else self._answered(body, sample, headers)

    def _answered(
        self, body: Any, sample: Sample, headers: Mapping[str, str]
    ) -> Answered:
        # What is for requests only is kept, and never shown.
        flattener = self._document.sampler.flattener
        return Answered(visible(body, sample.schema, flattener), headers)

    def _whole(
        self, resource: Mapping[str, Any], found: Answered | None
    ) -> dict[str, Any]:
        """Return what is kept: what was given, and what was made up beside it."""
        if self._shape.single:
            return {**resource}
        place = located(found.body, self._names) if found else None
        made: Any = found.body if found and place else {}
        for step in place[0] if place else ():
            made = made[step]
        return {**made, **resource}

    def _kept(self, call: Call) -> dict[str, Any] | None:
        return self._store.get(self._collection(call), self._id(call))

    def _collection(self, call: Call) -> str:
        return concrete(self._shape.collection, call.slots)

    def _id(self, call: Call) -> str:
        return (
            "" if self._shape.single else spelt(call.slots[self._shape.steps[-1].slot])
        )

    def _query(self, call: Call) -> Mapping[str, Any]:
        query = [one for one in self._operation.parameters if one.place == "query"]
        return {one.wire: call.arguments.get(one.name) for one in query}

    def _takes(self, id: str | int) -> bool:
        """Tell whether an id can be named in the path of the resource."""
        if self._shape.id is None:
            return True
        try:
            decode_path(self._shape.id, quote(str(id), safe=""))
        except (ValidationError, CodingError):
            return False
        return str(id) != ""

    def _schema_at(self, schema: Any, path: Sequence[str]) -> Mapping[str, Any]:
        for step in path:
            flat, _, _ = self._document.sampler.flattener.flatten(schema)
            schema = flat.get("properties", {}).get(step) if is_mapping(flat) else None
        flat, _, _ = self._document.sampler.flattener.flatten(
            schema if is_mapping(schema) else True
        )
        return flat if is_mapping(flat) else {}

    @property
    def _says_404(self) -> bool:
        return isinstance(self._operation.response_for(404), Raises)

    @property
    def _creates(self) -> bool:
        return 201 in self._operation.responses


def _first_object(sample: Sample | None) -> dict[str, Any] | None:
    values = sample.values if sample else ()
    return next((value for value in values if is_dict(value)), None)


def _with_wire_name(operation: Operation[Any]) -> Pages | None:
    """Return what is known of pages, the parameter named as on the wire."""
    pages = operation.pages
    named = getattr(pages, "parameter", None)
    for one in operation.parameters:
        if pages is not None and one.name == named:
            return replace(pages, parameter=one.wire)  # type: ignore[call-arg]
    return pages


def _tag(resource: Mapping[str, Any]) -> str:
    return entity_tag(json.dumps(resource, sort_keys=True).encode())


class _Test:
    """Tells whether a body is of the declared type."""

    def __init__(self, sample: Sample) -> None:
        self._media = sample.media

    def __call__(self, value: Any) -> bool:
        try:
            encode_example(self._media, value)
        except (ValidationError, CodingError, ValueError):
            return False
        return True
