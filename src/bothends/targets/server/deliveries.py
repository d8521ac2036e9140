"""Webhooks to the methods that whoever receives them implements."""

from __future__ import annotations

from collections.abc import Mapping

from bothends.ir.api import Api
from bothends.ir.declarations import Declaration
from bothends.ir.operations import Operation
from bothends.ir.types import TypeId
from bothends.naming.names import Names
from bothends.python.annotations import Annotations
from bothends.python.code import Code, code, identifier, literal
from bothends.python.docstrings import docstring
from bothends.python.imports import Imports
from bothends.targets.operations.prose import operation_prose
from bothends.targets.package.webhooks import event_type
from bothends.targets.server.views import DeliveriesView, DeliveryView, HandlerView

#: Ends in another word than the classes of groups do.
DELIVERIES = "Deliveries"


def deliveries_view(api: Api, names: Names, declarations: Mapping[TypeId, Declaration]) -> DeliveriesView:
    """Return ``server/_deliveries.py``; the order is that of the webhooks in the model."""
    imports = Imports({DELIVERIES, *(names.methods[webhook.id] for webhook in api.webhooks)})
    annotations = Annotations(names, declarations, imports)
    return DeliveriesView(
        class_name=identifier(DELIVERIES),
        base=annotations.from_runtime("server.receiving", "WebhookMethods"),
        deliveries=tuple(_delivery(webhook, names, annotations) for webhook in api.webhooks),
        imports=imports.write(),
    )


def _delivery(webhook: Operation, names: Names, annotations: Annotations) -> DeliveryView:
    method = names.methods[webhook.id]
    name = webhook.id.path.removeprefix("webhook:")
    event = event_type(webhook, annotations)
    told = docstring(*operation_prose(webhook), f"Webhook {name}", indent=8)
    parameters: Code = code("self, event: {}", event) if event is not None else code("self")
    described = code(
        "{}({}, {}, {})",
        annotations.from_runtime("server.receiving", "Delivery"),
        literal(method),
        literal(name),
        code("lambda: {}", event) if event is not None else code("None"),
    )
    returns = code("{}[None] | None", annotations.imports.name("collections.abc", "Awaitable"))
    return DeliveryView(HandlerView(identifier(method), parameters, returns, told), described)
