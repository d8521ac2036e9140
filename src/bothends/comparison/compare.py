"""The entry: two documents in their normal form in, what changed between them out."""

from __future__ import annotations

from bothends.comparison.collect import Collector, Part
from bothends.comparison.differences import Flow, Side
from bothends.comparison.matching import matched
from bothends.comparison.model import Change, Comparison, Verdict, worst
from bothends.comparison.operations import Defaults, compare_operations, compare_webhooks
from bothends.comparison.security import compare_schemes
from bothends.comparison.views import component_name
from bothends.diagnostics.model import Report
from bothends.lowering.context import Context
from bothends.lowering.options import LoweringOptions
from bothends.spec.objects import Document, Server

_DOCUMENT = Part("", "", Flow(Side.CALLERS, is_request=True))


def compare(old: Document, new: Document, *, reads_differently: bool = True) -> Comparison:
    """Return what changed. Both documents may be of any version; how a thing is spelled makes no difference.

    ``reads_differently``: whether anything at all is written in another way, be it prose.
    """
    options = LoweringOptions()
    to = Collector(Context(old, Report(), options), Context(new, Report(), options))
    _servers(old, new, to)
    compare_schemes(old.security_schemes, new.security_schemes, _DOCUMENT, to)
    compare_operations(old.operations, new.operations, Defaults(old.security, new.security), to)
    compare_webhooks(old.webhooks, new.webhooks, to)
    _components(old, new, to)
    changes = tuple(sorted(to.changes(), key=_order))
    return Comparison(changes, old.api_version, new.api_version, _bump(changes, reads_differently))


def _servers(old: Document, new: Document, to: Collector) -> None:
    found = matched(*({server.url: server for server in document.servers} for document in (old, new)))
    for server in found.removed:
        to.change("server-removed", _named(server), "was removed", old.location)
    for server in found.added:
        to.change("server-added", _named(server), "was added", None, new.location)


def _named(server: Server) -> Part:
    return Part("", f"server {server.url}", _DOCUMENT.flow)


def _components(old: Document, new: Document, to: Collector) -> None:
    for name, key in old.component_schemas.items():
        if name not in new.component_schemas:
            part = Part("", f"schema {component_name(key)}", _DOCUMENT.flow)
            to.change("component-removed", part, "was removed", to.old.document.schema(key).location)


def _order(change: Change) -> tuple[int, int, str, str, str, str]:
    first = change.uses[0].operation if change.uses else ""
    path = first.partition(" ")[2]
    return -change.callers, -change.servers, path, first, change.place, change.message


def _bump(changes: tuple[Change, ...], reads_differently: bool) -> str:
    if not changes:
        return "patch" if reads_differently else "none"
    return "major" if worst(change.callers for change in changes) is Verdict.BREAKING else "minor"
