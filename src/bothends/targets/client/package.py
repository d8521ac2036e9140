"""The module that holds the clients themselves."""

from __future__ import annotations

from bothends.ir.api import Api, Group
from bothends.naming.names import Names
from bothends.python.code import code, identifier, literal
from bothends.python.docstrings import docstring
from bothends.python.imports import Imports
from bothends.targets.client.schemes import credential_view, environment, scheme_view
from bothends.targets.client.servers import ServerChoices, server_choices, server_code
from bothends.targets.client.views import AttributeView, ClientView, PackageView, WebhooksView
from bothends.targets.operations.groups import groups
from bothends.targets.operations.prose import group_prose
from bothends.targets.package.webhooks import has_webhooks
from bothends.targets.target import TargetOptions

_CLIENT = ".._runtime.client"


def package_view(api: Api, names: Names, options: TargetOptions) -> PackageView:
    """Return ``client/__init__.py``."""
    found = [group for group, _ in groups(api, names)]
    # A group called cached_property must not hide the decorator of the next.
    imports = Imports(names.groups[group.tag].module for group in found)
    choices = server_choices(api, imports)
    clients: list[ClientView] = []
    if options.sync:
        clients.append(_client("Client", api, names, found, imports, choices, options, asynchronous=False))
    if options.asynchronous:
        clients.append(_client("AsyncClient", api, names, found, imports, choices, options, asynchronous=True))
    for group in found:
        name = names.groups[group.tag]
        if options.asynchronous:
            imports.deferred(f".{name.module}", f"Async{name.class_name}")
        if options.sync:
            imports.deferred(f".{name.module}", name.class_name)
    schemes = sorted(api.schemes, key=lambda scheme: scheme.key)
    modules = {names.groups[group.tag].module for group in found}
    webhooks = _webhooks(modules, imports) if has_webhooks(api, options) else None
    return PackageView(
        servers=tuple(server_code(server, imports) for server in api.servers),
        definitions=choices.definitions,
        schemes=tuple(scheme_view(scheme, names, options.package, imports) for scheme in schemes),
        environment=literal(environment(options.package)),
        unpack=imports.name("typing", "Unpack"),
        cached_property=imports.name("functools", "cached_property") if found or webhooks else None,
        webhooks=webhooks,
        exported=tuple(literal(name) for name in sorted(client.name.text for client in clients)),
        clients=tuple(clients),
        imports=imports.write(),
        type_checking=imports.type_checking,
        deferred=imports.write_deferred(),
    )


def _webhooks(modules: set[str], imports: Imports) -> WebhooksView:
    receive = ".._runtime.webhooks.receive"
    return WebhooksView(
        name=identifier("webhooks_" if "webhooks" in modules else "webhooks"),
        secret=code("{} | None", imports.deferred(".._runtime.webhooks.signatures", "Secrets")),
        returns=code("{}[{}]", imports.deferred(receive, "Webhooks"), imports.deferred("..webhooks", "Event")),
    )


def _client(
    name: str,
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
    how = ", with calls that are awaited" if asynchronous else ""
    title = " ".join(api.title.split())
    taken = imports.name(f"{_CLIENT}.options", "AsyncClientOptions" if asynchronous else "ClientOptions")
    # The name of an argument that the document declares may be that of another scheme; names are unique.
    told = [
        f"    {names.schemes[one.key]}: {' '.join(one.doc.description.split())}"
        for one in schemes
        if one.doc.description
    ]
    if has_webhooks(api, options):
        told.append("    webhook_secret: The secret that deliveries are signed with, or several.")
    return ClientView(
        name=identifier(name),
        base=imports.name(f"{_CLIENT}.base", "AsyncBaseClient" if asynchronous else "BaseClient"),
        options=choices.options(taken),
        doc=docstring(f"{title}{how}.", "\n".join(["Args:", *told]) if told else "", indent=4),
        credentials=tuple(one for one in credentials if one is not None),
        attributes=tuple(_attribute(group, names, asynchronous) for group in found),
    )


def _attribute(group: Group, names: Names, asynchronous: bool) -> AttributeView:
    name = names.groups[group.tag]
    class_name = f"Async{name.class_name}" if asynchronous else name.class_name
    first = group_prose(group).strip().splitlines()[0]
    return AttributeView(
        name=identifier(name.module),
        class_name=identifier(class_name),
        module=identifier(name.module),
        doc=docstring(first, indent=8),
    )
