"""What an API sends by itself: the type of its events, and how their deliveries are signed."""

from __future__ import annotations

from collections.abc import Iterator

from bothends.config.webhooks import SignatureConfig
from bothends.ir.api import Api
from bothends.ir.operations import Operation
from bothends.naming.names import Names
from bothends.python.annotations import Annotations, union
from bothends.python.code import Code, code, identifier, join, literal
from bothends.python.docstrings import docstring
from bothends.python.imports import Imports
from bothends.targets.operations.outcomes import preferred, value_type
from bothends.targets.package.views import WebhooksView
from bothends.targets.target import TargetOptions

_RUNTIME = "._runtime.webhooks"
_FORMS = {"standard-webhooks": "STANDARD_WEBHOOKS", "stripe": "STRIPE", "github": "GITHUB"}


def has_webhooks(api: Api, options: TargetOptions) -> bool:
    """Tell whether a package has to do with deliveries."""
    return bool(options.parts & {"client", "server"}) and bool(api.webhooks or options.signature)


def webhooks_view(api: Api, names: Names, options: TargetOptions) -> WebhooksView:
    """Return ``webhooks.py``."""
    imports = Imports({"Event", "SIGNATURE", "WEBHOOKS"})
    annotations = Annotations(names, api.declared(), imports, root=".")
    events = [(type_, webhook) for webhook in api.webhooks if (type_ := event_type(webhook, annotations)) is not None]
    alias = imports.name("typing", "TypeAlias")
    types = tuple(dict.fromkeys(type_ for type_, _ in events)) or (imports.name("typing", "Any"),)
    return WebhooksView(
        alias=alias,
        event=union(types),
        doc=docstring("An event that is delivered.", "\n".join(_told(events))),
        webhooks=imports.name(f"{_RUNTIME}.receive", "Webhooks"),
        signature=_signature(options.signature, imports),
        environment=literal(f"{options.environment}_WEBHOOK_SECRET"),
        imports=imports.write(),
    )


def event_type(webhook: Operation, annotations: Annotations) -> Code | None:
    """Return the type of what a webhook delivers; None where it has no body."""
    if webhook.body is None:
        return None
    content = next(iter(preferred(webhook.body.contents)), None)
    return value_type(content, annotations) if content is not None else None


def _told(events: list[tuple[Code, Operation]]) -> Iterator[str]:
    for type_, webhook in events:
        name = webhook.id.path.removeprefix("webhook:")
        title = " ".join(webhook.doc.title.split())
        yield f"- `{type_.text}` for `{name}`{f': {title}' if title else ''}"


def _signature(signature: SignatureConfig | None, imports: Imports) -> Code:
    if signature is None:
        return code("None")
    module = f"{_RUNTIME}.signatures"
    fields = [code("{}={}", identifier(name), literal(value)) for name, value in signature.fields]
    if not signature.form:
        return code("{}({})", imports.name(module, "Signature"), join(", ", fields))
    form = imports.name(module, _FORMS[signature.form])
    if not fields:
        return form
    return code("{}({})", imports.name("dataclasses", "replace"), join(", ", [form, *fields]))
