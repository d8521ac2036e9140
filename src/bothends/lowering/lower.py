"""The entry: in comes a document in its normal form, out comes the intermediate model."""

from __future__ import annotations

from functools import partial

from bothends.diagnostics.model import DocumentError, Report
from bothends.ir.api import Api
from bothends.ir.declarations import Alias, Doc
from bothends.ir.types import Anything, TypeId
from bothends.lowering.bounds import check_bounds, check_components
from bothends.lowering.chains import settle_chains
from bothends.lowering.contents import lower_content
from bothends.lowering.context import Context
from bothends.lowering.defaults import settle_defaults
from bothends.lowering.directions import split_directions
from bothends.lowering.operations import lower_groups, lower_operations, lower_servers
from bothends.lowering.options import LoweringOptions
from bothends.lowering.pagination.settle import settle_pagination
from bothends.lowering.prune import prune
from bothends.lowering.recursion import settle_recursion
from bothends.lowering.schema import connect, declare
from bothends.lowering.security import lower_schemes
from bothends.spec.objects import Document
from bothends.spec.schema import Reference

__all__ = ["LoweringOptions", "lower"]

_DEFAULT = LoweringOptions()


def lower(document: Document, report: Report, options: LoweringOptions = _DEFAULT) -> Api:
    """Lower a document. What cannot be expressed is reported, and loosened or left out.

    Raises :class:`DocumentError` where there are too many schemas to begin with.
    """
    check_components(document, options.limits)
    context = Context(document, report, options)
    connect(context)
    settle_chains(context)
    context.content_of = partial(lower_content, context=context)
    for key in () if options.only_used else sorted(context.components):
        context.claim(TypeId(key), context.target(Reference(key)))
    schemes = lower_schemes(document)
    operations = lower_operations(document.operations, context, document.servers)
    webhooks = lower_operations(document.webhooks, context)
    _declare_all(context)
    declarations = settle_defaults(settle_recursion(context.declarations, report), report)
    by_id = {one.id: one for one in declarations}
    paged, unpaged = settle_pagination(
        operations, document.operations, by_id, options.pagination, report, lock=options.lock
    )
    api = Api(
        title=document.title,
        version=document.api_version,
        doc=Doc(document.title, document.description),
        servers=lower_servers(document.servers),
        schemes=schemes,
        groups=lower_groups(document, (*operations, *webhooks)),
        declarations=declarations,
        operations=paged,
        webhooks=webhooks,
        checks=tuple(found for _, found in sorted(context.checks.items()) if found is not None),
        unpaged=unpaged,
    )
    check_bounds(api, options.limits, document.location, report)
    return split_directions(prune(api) if options.only_used else api, options.lock)


def _declare_all(context: Context) -> None:
    """Work off the queue; lowering a declaration may add to it."""
    while context.waiting:
        owner, schema = context.waiting.pop()
        if owner in context.declarations:
            continue
        try:
            context.declarations[owner] = declare(owner, schema, context)
        except DocumentError as error:
            context.add_error(error)
            context.declarations[owner] = Alias(owner, Anything(), schema.location)
