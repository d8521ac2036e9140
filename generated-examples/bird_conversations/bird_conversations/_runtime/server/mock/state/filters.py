"""Lists by what their resources hold: parameters of a query that are called like that.

Comes in: the decoded parameters of a query, and resources. Goes out: those of the
resources that have what the parameters say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ....kinds import is_dict, is_list
from .changes import jsonable
from .paging import plain

Resource = Mapping[str, Any]


def filtered(
    resources: Sequence[Resource], query: Mapping[str, Any]
) -> Sequence[Resource]:
    """Return the resources that match.

    A parameter counts where a resource has a property of its name, or where it is an
    object (``filter``) whose properties have such names. Several values: any of them.
    """
    known = {plain(name) for resource in resources for name in resource}
    wanted = [(name, values) for name, values in _wanted(query) if name in known]
    return [one for one in resources if all(_has(one, *each) for each in wanted)]


def _wanted(query: Mapping[str, Any]) -> Iterator[tuple[str, set[str]]]:
    for name, value in query.items():
        given = jsonable(value)
        if is_dict(given):
            yield from _wanted(given)
        elif given is not None and given != []:
            yield plain(name), _texts(given)


def _has(resource: Resource, name: str, values: set[str]) -> bool:
    found = (_texts(value) for key, value in resource.items() if plain(key) == name)
    return any(texts & values for texts in found)


def _texts(value: Any) -> set[str]:
    """Return a value as text of a query, each of several values."""
    if is_list(value):
        return {text for item in value for text in _texts(item)}
    if isinstance(value, bool):
        return {str(value).lower()}
    if isinstance(value, float) and value.is_integer():
        return {str(int(value))}
    return {str(value)}
