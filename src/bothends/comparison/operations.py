"""Compares operations: which there are, and each with the one of the same method and path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bothends.comparison.collect import Collector, Part
from bothends.comparison.contents import compare_bodies, compare_responses
from bothends.comparison.differences import Flow, Side
from bothends.comparison.parameters import compare_parameters
from bothends.comparison.security import Alternatives, compare_security
from bothends.spec.objects import Operation

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_CALLERS = Flow(Side.CALLERS, is_request=True)
_SERVERS = Flow(Side.SERVERS, is_request=True)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What operations inherit from their documents."""

    old: Alternatives
    new: Alternatives


def compare_operations(old: Iterable[Operation], new: Iterable[Operation], defaults: Defaults, to: Collector) -> None:
    """Compare the operations of two documents; the names of path parameters tell no paths apart."""
    before, after = _by_path(old), _by_path(new)
    for key in [key for key in before if key not in after]:
        one = before[key]
        message = "was removed" + (" (it was deprecated)" if one.deprecated else "")
        to.change("operation-removed", _part(one), message, one.location)
    for key in [key for key in after if key not in before]:
        to.change("operation-added", _part(after[key]), "was added", None, after[key].location)
    for key in [key for key in after if key in before]:
        one, other = before[key], after[key]
        part = _part(other)
        _names(one, other, part, to)
        compare_security((one, defaults.old), (other, defaults.new), part, to)
        _exchange(one, other, part, to)
        _callbacks(one, other, part, to)


def compare_webhooks(old: Iterable[Operation], new: Iterable[Operation], to: Collector) -> None:
    """Compare the webhooks of two documents: the servers send them, the callers receive them."""
    before, after = ({(one.path, one.method): one for one in found} for found in (old, new))
    for key in [key for key in before if key not in after]:
        # The rule speaks of callers and servers itself.
        to.change("webhook-removed", _named("webhook", before[key], _CALLERS), "was removed", before[key].location)
    for key in [key for key in after if key not in before]:
        to.change("webhook-added", _named("webhook", after[key], _CALLERS), "was added", None, after[key].location)
    for key in [key for key in after if key in before]:
        _exchange(before[key], after[key], _named("webhook", after[key], _SERVERS), to)


def _by_path(operations: Iterable[Operation]) -> dict[tuple[str, str], Operation]:
    found: dict[tuple[str, str], Operation] = {}
    for one in operations:
        key = (_VARIABLE.sub("{}", one.path), one.method)
        found[(one.path, one.method) if key in found else key] = one
    return found


def _part(operation: Operation) -> Part:
    return Part(f"{operation.method.upper()} {operation.path}", "", _CALLERS)


def _named(kind: str, operation: Operation, flow: Flow) -> Part:
    return Part(f"{kind} {operation.path.removeprefix('webhook:')}", "", flow)


def _names(old: Operation, new: Operation, part: Part, to: Collector) -> None:
    places = (old.location, new.location)
    if old.deprecated != new.deprecated:
        rule, message = ("deprecated", "is deprecated") if new.deprecated else ("restored", "is no longer deprecated")
        to.change(f"operation-{rule}", part, message, *places)
    if old.operation_id != new.operation_id:
        message = f"operationId was {old.operation_id or 'not set'}, is {new.operation_id or 'not set'}"
        to.change("operation-id-changed", part, message, *places)
    if old.tags[:1] != new.tags[:1]:
        message = f"was in the group {_group(old)}, is in {_group(new)}"
        to.change("group-changed", part, message, *places)
    for name, other in _renamed(old, new).items():
        inner = Part(part.operation, f"path parameter {other}", part.flow)
        to.change("path-parameter-renamed", inner, f"was called {name}", *places)


def _group(operation: Operation) -> str:
    return operation.tags[0] if operation.tags else "no tag"


def _renamed(old: Operation, new: Operation) -> dict[str, str]:
    pairs = zip(_VARIABLE.findall(old.path), _VARIABLE.findall(new.path), strict=False)
    return {before: after for before, after in pairs if before != after}


def _exchange(old: Operation, new: Operation, part: Part, to: Collector) -> None:
    compare_parameters(old.parameters, new.parameters, _renamed(old, new), part, to)
    compare_bodies(old.body, new.body, part, to)
    compare_responses(old.responses, new.responses, part, to)


def _callbacks(old: Operation, new: Operation, part: Part, to: Collector) -> None:
    before, after = (
        {(name, url, one.method): one for name, url, found in operation.callbacks for one in found}
        for operation in (old, new)
    )
    for key in [key for key in before if key not in after]:
        inner = Part(part.operation, f"callback {key[0]}", _CALLERS)
        to.change("callback-removed", inner, "was removed", before[key].location)
    for key in [key for key in after if key not in before]:
        inner = Part(part.operation, f"callback {key[0]}", _CALLERS)
        to.change("callback-added", inner, "was added", None, after[key].location)
    for key in [key for key in after if key in before]:
        _exchange(before[key], after[key], Part(f"{part.operation} callback {key[0]}", "", _SERVERS), to)
