"""A document and its model in, errors out where a package for them would have too many files, or types in a row."""

from __future__ import annotations

from collections.abc import Mapping

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.ir.api import Api
from bothends.ir.declarations import Declaration
from bothends.ir.graph import strong_components
from bothends.ir.walk import parts, references
from bothends.spec.objects import Document

#: How many files a group of operations has: its own, its errors, its part of the client, of the server.
_FILES_OF_GROUP = 4


def check_components(document: Document, limits: Limits) -> None:
    """Raise :class:`DocumentError` if the component schemas alone make too many files."""
    if len(document.component_schemas) > limits.files:
        raise DocumentError(_too_many_files(limits, document.location))


def check_bounds(api: Api, limits: Limits, location: Location, report: Report) -> None:
    """Report a model with too many files, or whose modules would import each other in too long a chain."""
    modules = {declaration.id.anchor for declaration in api.declarations}
    if len(modules) + _FILES_OF_GROUP * len(api.groups) > limits.files:
        report.add(_too_many_files(limits, location))
    if sum(len(operation.security) for operation in (*api.operations, *api.webhooks)) > limits.requirements:
        message = f"the operations have more than {limits.requirements:,} security requirements together"
        report.error("too-many-requirements", message, location)
    found = _deepest(api)
    if found is not None and found[0] > limits.type_chain:
        steps, declaration = found
        message = f"the type leads to the last one that it needs over {steps:,} others, more than {limits.type_chain:,}"
        report.error(
            "too-long-chain", message, declaration.origin, "let the types that lie deep inside stand for any value"
        )


def _too_many_files(limits: Limits, location: Location) -> Diagnostic:
    message = f"the package would have more than {limits.files:,} files: one for each schema, four for each tag"
    return Diagnostic("too-many-files", Severity.ERROR, message, location)


def _deepest(api: Api) -> tuple[int, Declaration] | None:
    """Return the type with the longest chain of others below it, circles counted once, and the length of that."""
    graph: dict[str, set[str]] = {}
    first: dict[str, Declaration] = {}
    for declaration in api.declarations:
        mentioned = graph.setdefault(declaration.id.anchor, set())
        mentioned.update(key.anchor for key in references(*parts(declaration)))
        first.setdefault(declaration.id.anchor, declaration)
    depths = _depths(graph)
    deepest = max(depths, key=lambda anchor: (depths[anchor], anchor), default=None)
    return None if deepest is None else (depths[deepest], first[deepest])


def _depths(graph: Mapping[str, set[str]]) -> dict[str, int]:
    depths: dict[str, int] = {}
    for group in strong_components(graph):
        below = {other for anchor in group for other in graph[anchor]}.difference(group)
        depth = 1 + max((depths.get(other, 0) for other in below), default=0)
        depths |= dict.fromkeys(group, depth)
    return depths
