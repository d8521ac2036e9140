"""The module that holds the clients themselves."""

from __future__ import annotations

from bothends.ir.api import Api, Group
from bothends.naming.names import Names
from bothends.python.annotations import union
from bothends.python.code import code, identifier, literal
from bothends.python.docstrings import docstring, first_paragraph
from bothends.python.imports import Imports
from bothends.targets.client.schemes import credential_view, scheme_view
from bothends.targets.client.servers import ServerChoices, server_choices, server_code
from bothends.targets.client.views import AttributeView, ClientView, CredentialView, PackageView, WebhooksView
from bothends.targets.operations.groups import groups
from bothends.targets.operations.prose import group_prose
from bothends.targets.package.webhooks import has_webhooks
from bothends.targets.target import TargetOptions

_CLIENT = ".._runtime.client"
_WEBHOOKS = ".._runtime.webhooks"
#: What the secret of deliveries is called, as an argument and among the credentials. No scheme is given this name.
_DELIVERIES = "webhook_secret"


def package_view(api: Api, names: Names, options: TargetOptions) -> PackageView:
    """Return ``client/__init__.py``."""
    found = [group for group, _ in groups(api, names)]
    # A group called cached_property must not hide the decorator of the next.
    imports = Imports(names.groups[group.tag].module for group in found)
    choices = server_choices(api, imports)
    styles = [style for style, wanted in ((False, options.sync), (True, options.asynchronous)) if wanted]
    clients = tuple(_client(api, names, found, imports, choices, options, asynchronous=style) for style in styles)
    for group in found:
        name = names.groups[group.tag]
        for style in styles:
            imports.deferred(f".{name.module}", _class_name(name.class_name, style))
    schemes = sorted(api.schemes, key=lambda scheme: scheme.key)
    modules = {names.groups[group.tag].module for group in found}
    webhooks = _webhooks(modules, imports) if has_webhooks(api, options) else None
    return PackageView(
        servers=tuple(server_code(server, imports) for server in api.servers),
        definitions=choices.definitions,
        schemes=tuple(scheme_view(scheme, names, options.environment, imports) for scheme in schemes),
        environment=literal(options.environment),
        unpack=imports.name("typing", "Unpack"),
        cached_property=imports.name("functools", "cached_property") if found or webhooks else None,
        webhooks=webhooks,
        exported=tuple(literal(name) for name in sorted(client.name.text for client in clients)),
        clients=clients,
        imports=imports.write(),
        type_checking=imports.type_checking,
        deferred=imports.write_deferred(),
    )


def _class_name(name: str, asynchronous: bool) -> str:
    return f"Async{name}" if asynchronous else name


def _webhooks(modules: set[str], imports: Imports) -> WebhooksView:
    webhooks, event = imports.deferred(f"{_WEBHOOKS}.receive", "Webhooks"), imports.deferred("..webhooks", "Event")
    return WebhooksView(
        name=identifier("webhooks_" if "webhooks" in modules else "webhooks"),
        returns=code("{}[{}]", webhooks, event),
    )


def _client(
    api: Api,
    names: Names,
    found: list[Group],
    imports: Imports,
    choices: ServerChoices,
    options: TargetOptions,
    *,
    asynchronous: bool,
) -> ClientView:
    schemes = sorted(api.schemes, key=lambda scheme: names.schemes[scheme.key])
    credentials = [credential_view(scheme, names, imports, asynchronous=asynchronous) for scheme in schemes]
    told = [(names.schemes[one.key], " ".join(one.doc.description.split())) for one in schemes if one.doc.description]
    if has_webhooks(api, options):
        credentials.append(_webhook_secret(imports))
        told.append((_DELIVERIES, "The secret that deliveries are signed with, or several."))
    arguments = "\n".join(["Args:", *(f"    {name}: {text}" for name, text in told)]) if told else ""
    title = " ".join(api.title.split())
    how = ", with calls that are awaited" if asynchronous else ""
    return ClientView(
        name=identifier(_class_name("Client", asynchronous)),
        base=imports.name(f"{_CLIENT}.base", _class_name("BaseClient", asynchronous)),
        options=choices.options(imports.name(f"{_CLIENT}.options", _class_name("ClientOptions", asynchronous))),
        doc=docstring(f"{title}{how}.", arguments, indent=4),
        credentials=tuple(one for one in credentials if one is not None),
        attributes=tuple(_attribute(group, names, asynchronous) for group in found),
    )


def _webhook_secret(imports: Imports) -> CredentialView:
    type_ = imports.deferred(f"{_WEBHOOKS}.signatures", "Secrets")
    return CredentialView(identifier(_DELIVERIES), union([type_, code("None")]), literal(_DELIVERIES))


def _attribute(group: Group, names: Names, asynchronous: bool) -> AttributeView:
    name = names.groups[group.tag]
    return AttributeView(
        name=identifier(name.module),
        class_name=identifier(_class_name(name.class_name, asynchronous)),
        module=identifier(name.module),
        doc=docstring(first_paragraph(group_prose(group)), indent=8),
    )
