"""Compares operations: which there are, and each with the one of the same method and path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bothends.comparison.collect import Collector, Part
from bothends.comparison.contents import compare_bodies, compare_responses
from bothends.comparison.differences import Flow, Side
from bothends.comparison.matching import matched
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
    found = matched(_by_path(old), _by_path(new))
    for one in found.removed:
        message = "was removed" + (" (it was deprecated)" if one.deprecated else "")
        to.change("operation-removed", _part(one), message, one.location)
    for one in found.added:
        to.change("operation-added", _part(one), "was added", None, one.location)
    for one, other in found.kept:
        part = _part(other)
        _names(one, other, part, to)
        compare_security((one, defaults.old), (other, defaults.new), part, to)
        _exchange(one, other, part, to)
        _callbacks(one, other, part, to)


def compare_webhooks(old: Iterable[Operation], new: Iterable[Operation], to: Collector) -> None:
    """Compare the webhooks of two documents: the servers send them, the callers receive them."""
    found = matched(*({(one.path, one.method): one for one in webhooks} for webhooks in (old, new)))
    for one in found.removed:
        # The rule speaks of callers and servers itself.
        to.change("webhook-removed", _webhook(one, _CALLERS), "was removed", one.location)
    for one in found.added:
        to.change("webhook-added", _webhook(one, _CALLERS), "was added", None, one.location)
    for one, other in found.kept:
        _exchange(one, other, _webhook(other, _SERVERS), to)


def _by_path(operations: Iterable[Operation]) -> dict[tuple[str, str], Operation]:
    found: dict[tuple[str, str], Operation] = {}
    for one in operations:
        key = (_VARIABLE.sub("{}", one.path), one.method)
        found[(one.path, one.method) if key in found else key] = one
    return found


def _part(operation: Operation) -> Part:
    return Part(f"{operation.method.upper()} {operation.path}", "", _CALLERS)


def _webhook(operation: Operation, flow: Flow) -> Part:
    return Part(f"webhook {operation.path.removeprefix('webhook:')}", "", flow)


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
    found = matched(_by_callback(old), _by_callback(new))
    for name, one in found.removed:
        to.change("callback-removed", _callback(name, part), "was removed", one.location)
    for name, one in found.added:
        to.change("callback-added", _callback(name, part), "was added", None, one.location)
    for (_, one), (name, other) in found.kept:
        _exchange(one, other, Part(f"{part.operation} callback {name}", "", _SERVERS), to)


def _by_callback(operation: Operation) -> dict[tuple[str, str, str], tuple[str, Operation]]:
    """Return the operations of callbacks, each with the name of its callback."""
    return {(name, url, one.method): (name, one) for name, url, found in operation.callbacks for one in found}


def _callback(name: str, part: Part) -> Part:
    return Part(part.operation, f"callback {name}", _CALLERS)
