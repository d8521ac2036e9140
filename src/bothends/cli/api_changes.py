"""One line about what a run changed in the API: between the document that a package kept and the one it keeps now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bothends.config.limits import Limits
from bothends.diagnostics.model import DocumentError, Report
from bothends.output.plan import Action, Plan

if TYPE_CHECKING:
    from bothends.spec.objects import Document

#: What a package with a server keeps of its document.
KEPT: Final = "server/openapi.json"


def api_changes(plan: Plan, limits: Limits) -> str | None:
    """Return what changed for callers and servers, or None where the package keeps no document or the same one."""
    change = next((found for found in plan.changes if found.path == KEPT), None)
    if change is None or change.action is not Action.CHANGE or change.before is None or change.after is None:
        return None
    try:
        old, new = _document(change.before, limits), _document(change.after, limits)
    except DocumentError:  # somebody else's file stood there
        return None
    from bothends.comparison.compare import compare
    from bothends.comparison.shown import summary, version_advice

    comparison = compare(old, new)
    return f"{summary(comparison)}; {version_advice(comparison)}"


def _document(text: bytes, limits: Limits) -> Document:
    from bothends.loading.resolve import FetchPolicy, Resolver
    from bothends.spec.read_document import read_document

    report = Report()
    resolver = Resolver(FetchPolicy(offline=True), limits, report)
    document = read_document(resolver.open_text(text, KEPT), resolver, report)
    report.stop_on_errors()
    return document
