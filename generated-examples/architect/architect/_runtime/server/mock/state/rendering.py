"""Resources as the body that an operation answers with.

Comes in: what is kept of a resource, values that the mock would answer with, and a
test for bodies. Goes out: a body that passes and says what is kept, as far as the
document lets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ....kinds import is_dict, is_list
from .identity import located
from .paging import REMOVED, Page, noted, plain

Test = Callable[[Any], bool]
_LISTS = ("items", "data", "results", "list", "entries", "records", "values", "content")


def rendered(
    resource: Mapping[str, Any],
    names: Sequence[str],
    samples: Iterable[Any],
    test: Test,
) -> Any | None:
    """Return a body that holds the resource, or None where none is possible."""
    for sample in samples:
        found = located(sample, names)
        path = found[0] if found else ()
        inner = at(sample, path)
        if not is_dict(inner):
            continue
        for one in _variants(resource, inner, _inside(sample, path, test)):
            return put(sample, path, one)
    return None


def _variants(
    resource: Mapping[str, Any], sample: Mapping[str, Any], test: Test
) -> Iterator[dict[str, Any]]:
    """Yield objects that pass, those with the least made up first."""
    made = dict(resource)
    if test(made):
        yield made
        return
    for name, value in sample.items():
        if name not in made:
            made[name] = value
            if test(made):
                yield made
                return
    made = dict(sample)
    for name, value in resource.items():
        if test({**made, name: value}):
            made[name] = value
    if test(made):
        yield made


def rendered_list(
    resources: Sequence[Mapping[str, Any]],
    names: Sequence[str],
    page: Page,
    samples: Sequence[Any],
    test: Test,
) -> Any | None:
    """Return a body that holds a page of resources, or None where none is possible."""
    for sample in samples:
        path = _list_in(sample)
        if path is None:
            continue
        items: list[Any] = at(sample, path) or [{}]
        made: list[Any] = []
        for resource in resources:
            item = rendered(resource, names, items, _as_only_item(sample, path, test))
            if item is not None:
                made.append(item)
        body = _with_notes(put(sample, path, made), page, path, test)
        if test(body):
            return body
    return None


def at(value: Any, path: Sequence[str]) -> Any:
    """Return what stands at a path of property names."""
    for name in path:
        value = value[name]
    return value


def put(value: Any, path: Sequence[str], inner: Any) -> Any:
    """Return the value with something else at a path."""
    if not path:
        return inner
    return {**value, path[0]: put(value[path[0]], path[1:], inner)}


def _list_in(value: Any) -> tuple[str, ...] | None:
    """Return the path of the list that a body consists of, or is wrapped around."""
    if is_list(value):
        return ()
    if not is_dict(value):
        return None
    lists = [name for name, inner in value.items() if is_list(inner)]
    lists.sort(key=lambda name: plain(name) not in _LISTS)
    if lists:
        return (lists[0],)
    for name, inner in value.items():
        path = _list_in(inner) if is_dict(inner) else None
        if path is not None:
            return (name, *path)
    return None


def _with_notes(body: Any, page: Page, path: Sequence[str], test: Test) -> Any:
    """Return a body whose properties speak of the page that it holds."""
    if not is_dict(body):
        return body
    for name, inner in list(body.items()):
        if is_dict(inner) and [name] != [*path[:1]]:
            note = _with_notes(inner, page, (), _within(body, name, test))
            body = {**body, name: note}
            continue
        for value in noted(page, name):
            changed = {**body, name: value}
            if value is REMOVED:
                changed = {key: body[key] for key in body if key != name}
            if test(changed):
                body = changed
                break
    return body


def _inside(sample: Any, path: Sequence[str], test: Test) -> Test:
    return lambda inner: test(put(sample, path, inner))


def _as_only_item(sample: Any, path: Sequence[str], test: Test) -> Test:
    return lambda item: test(put(sample, path, [item]))


def _within(body: Mapping[str, Any], name: str, test: Test) -> Test:
    return lambda inner: test({**body, name: inner})
