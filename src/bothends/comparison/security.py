"""Compares security requirements and schemes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from bothends.comparison.collect import Collector, Part
from bothends.comparison.matching import matched
from bothends.spec.objects import Operation, SecurityScheme

Alternatives: TypeAlias = "tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]"


def compare_security(
    old: tuple[Operation, Alternatives], new: tuple[Operation, Alternatives], part: Part, to: Collector
) -> None:
    """Compare what an operation requires. The alternatives are the document's where the operation says nothing."""
    before, after = _effective(*old), _effective(*new)
    places = (old[0].location, new[0].location)
    if bool(before) != bool(after) or (frozenset() in before) != (frozenset() in after):
        needed = bool(after) and frozenset() not in after
        if needed:
            to.change("security-required", part, f"needs {_either(after)}", *places)
        elif before and frozenset() not in before:
            to.change("security-lifted", part, "needs no credential any more", *places)
        return
    for names in before.keys() - after.keys():
        to.change("security-removed", part, f"{_all(names)} is no longer accepted", *places)
    for names in after.keys() - before.keys():
        to.change("security-added", part, f"{_all(names)} is accepted", *places)
    for names in before.keys() & after.keys():
        for scope in sorted(after[names] - before[names]):
            to.change("scope-added", part, f"{_all(names)} needs the scope {scope}", *places)
        for scope in sorted(before[names] - after[names]):
            to.change("scope-removed", part, f"{_all(names)} no longer needs the scope {scope}", *places)


def compare_schemes(old: Iterable[SecurityScheme], new: Iterable[SecurityScheme], part: Part, to: Collector) -> None:
    """Compare the schemes that are in both documents; others show in the operations that require them."""
    for one, other in matched(*({scheme.key: scheme for scheme in schemes} for schemes in (old, new))).kept:
        inner = replace(part, name=f"security scheme {other.key}")
        if _meaning(one) != _meaning(other):
            message = f"was {' '.join(filter(None, _meaning(one)))}, is {' '.join(filter(None, _meaning(other)))}"
            to.change("scheme-changed", inner, message, one.location, other.location)
        elif _addresses(one) != _addresses(other):
            to.change("scheme-address-changed", inner, "has another address", one.location, other.location)


def _effective(operation: Operation, default: Alternatives) -> dict[frozenset[str], set[str]]:
    alternatives = default if operation.security is None else operation.security
    found: dict[frozenset[str], set[str]] = {}
    for alternative in alternatives:
        names = frozenset(name for name, _ in alternative)
        found[names] = {scope for _, scopes in alternative for scope in scopes}
    return found


def _either(alternatives: Iterable[frozenset[str]]) -> str:
    return " or ".join(sorted(_all(names) for names in alternatives))


def _all(names: frozenset[str]) -> str:
    return " with ".join(sorted(names)) or "no credential"


def _meaning(scheme: SecurityScheme) -> tuple[str, ...]:
    name = scheme.name.lower() if scheme.place == "header" else scheme.name
    return (scheme.kind, scheme.scheme.lower(), scheme.place, name)


def _addresses(scheme: SecurityScheme) -> tuple[object, ...]:
    flows = tuple(
        (flow.kind, flow.authorization_url, flow.token_url, flow.refresh_url, flow.device_url) for flow in scheme.flows
    )
    return scheme.url, flows
