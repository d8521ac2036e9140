"""The model and its names to the modules of the ``server`` part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bothends.ir.api import Api, Group
from bothends.ir.declarations import Declaration
from bothends.ir.operations import Operation
from bothends.ir.types import TypeId
from bothends.naming.names import Names
from bothends.python.annotations import Annotations
from bothends.python.code import Code, code, identifier, join, literal
from bothends.python.docstrings import docstring
from bothends.python.imports import Imports, order_of_names
from bothends.targets.operations.groups import groups
from bothends.targets.operations.prose import group_prose, module_prose
from bothends.targets.package.webhooks import has_webhooks
from bothends.targets.server.deliveries import DELIVERIES, deliveries_view
from bothends.targets.server.handlers import handler_view
from bothends.targets.server.schemes import scheme_view
from bothends.targets.server.views import GroupView, PackageView, RouteView
from bothends.targets.target import FileView, TargetOptions

_RUNTIME = ".._runtime.server"
_OFFERED = (
    ("callbacks", "CallbackError"),
    ("conditions", "entity_tag"),
    ("deliveries", "Sender"),
    ("events", "Event"),
    ("failure", "FailureError"),
    ("handlers", "Context"),
    ("handlers", "Octets"),
    ("handlers", "Reply"),
    ("handlers", "Stream"),
    ("security", "Authenticate"),
    ("security", "Credential"),
    ("security", "Credentials"),
    ("security", "ForbiddenError"),
    ("security", "Secrets"),
    ("settings", "Settings"),
)
_FOR_DELIVERIES = (("receiving", "Receiver"),)


class ServerTarget:
    """Writes ``server/``, but for the document itself, which is copied into it."""

    name = "server"
    needs = ("server",)

    def views(self, api: Api, names: Names, options: TargetOptions) -> Sequence[FileView]:
        """Return the modules of the groups, and the package that puts them together."""
        declarations = api.declared()
        offered = (*_OFFERED, *(_FOR_DELIVERIES if has_webhooks(api, options) else ()))
        files = [_package(api, names, offered)]
        if api.webhooks:
            deliveries = deliveries_view(api, names, declarations)
            files.append(FileView("server/_deliveries.py", "server/deliveries.py.jinja", deliveries))
        for group, operations in groups(api, names):
            view = _group(group, operations, names, declarations)
            files.append(FileView(f"server/{names.groups[group.tag].module}.py", "server/group.py.jinja", view))
        return files


SERVER = ServerTarget()


def _group(
    group: Group, operations: tuple[Operation, ...], names: Names, declarations: Mapping[TypeId, Declaration]
) -> GroupView:
    name = names.groups[group.tag]
    methods = [names.methods[operation.id] for operation in operations]
    # What a method is called, its class cannot annotate another with.
    imports = Imports({_class_name(name.class_name), "ROUTES", *methods})
    annotations = Annotations(names, declarations, imports)
    described = imports.own("..operations", name.module, "_operations")
    prose = group_prose(group)
    return GroupView(
        doc=docstring(module_prose(group, "The handlers")),
        class_name=identifier(_class_name(name.class_name)),
        class_doc=docstring(prose, indent=4),
        handlers=tuple(handler_view(operation, names, annotations) for operation in operations),
        route=imports.name(f"{_RUNTIME}.handlers", "Route"),
        routes=tuple(RouteView(literal(method), code("{}.{}", described, identifier(method))) for method in methods),
        imports=imports.write(),
    )


def _package(api: Api, names: Names, offered: Sequence[tuple[str, str]]) -> FileView:
    imports = Imports()
    classes: list[str] = []
    routes: list[Code] = []
    for group, _ in groups(api, names):
        name = names.groups[group.tag]
        classes.append(_class_name(name.class_name))
        imports.own(f".{name.module}", classes[-1])
        routes.append(imports.own(f".{name.module}", "ROUTES", f"{name.module.upper()}_ROUTES"))
    for module, used in offered:
        imports.own(f"{_RUNTIME}.{module}", used)
    if api.webhooks:
        imports.own("._deliveries", DELIVERIES)
    for module, used in (("typing", "Any"), ("fastapi", "APIRouter"), ("fastapi", "FastAPI")):
        imports.own(module, used)
    for used in ("Contract", "build_app", "build_router"):
        imports.own(f"{_RUNTIME}.app", used)
    exported = ["Handlers", "create_app", "create_router", *classes, *(name for _, name in offered)]
    exported += [DELIVERIES] if api.webhooks else []
    schemes = tuple(scheme_view(scheme, imports) for scheme in sorted(api.schemes, key=lambda scheme: scheme.key))
    view = PackageView(
        imports=imports.write(),
        exported=tuple(literal(one) for one in sorted(exported, key=order_of_names)),
        bases=join(", ", [identifier(one) for one in classes] or [code("object")]),
        routes=tuple(routes),
        schemes=schemes,
    )
    return FileView("server/__init__.py", "server/package.py.jinja", view)


def _class_name(group: str) -> str:
    return f"{group}Handlers"
