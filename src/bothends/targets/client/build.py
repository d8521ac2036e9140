"""The model and its names to the modules of the ``client`` part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bothends.ir.api import Api, Group
from bothends.ir.declarations import Declaration
from bothends.ir.operations import Operation
from bothends.ir.types import TypeId
from bothends.naming.names import Names
from bothends.python.annotations import Annotations
from bothends.python.code import identifier
from bothends.python.docstrings import docstring
from bothends.python.imports import Imports
from bothends.targets.client.methods import method_view
from bothends.targets.client.package import package_view
from bothends.targets.client.testing import testing_view
from bothends.targets.client.views import GroupView, ResourceView
from bothends.targets.operations.groups import groups
from bothends.targets.operations.prose import group_prose, module_prose
from bothends.targets.target import FileView, TargetOptions

_RESOURCE = ".._runtime.client.resource"


class ClientTarget:
    """Writes ``client/``, and ``testing.py``."""

    name = "client"
    needs: tuple[str, ...] = ("client",)

    def views(self, api: Api, names: Names, options: TargetOptions) -> Sequence[FileView]:
        """Return the modules of the groups, and the package that holds the clients."""
        declarations = api.declared()
        files = [FileView("client/__init__.py", "client/package.py.jinja", package_view(api, names, options))]
        if api.operations:
            files.append(FileView("testing.py", "client/testing.py.jinja", testing_view(api, options)))
        for group, operations in groups(api, names):
            view = _group(group, operations, names, declarations, options)
            path = f"client/{names.groups[group.tag].module}.py"
            files.append(FileView(path, "client/group.py.jinja", view))
        return files


CLIENT = ClientTarget()


def _group(
    group: Group,
    operations: tuple[Operation, ...],
    names: Names,
    declarations: Mapping[TypeId, Declaration],
    options: TargetOptions,
) -> GroupView:
    name = names.groups[group.tag].class_name
    # What a method is called, its class cannot decorate or annotate another with.
    imports = Imports({name, f"Async{name}", *(names.methods[one.id] for one in operations)})
    annotations = Annotations(names, declarations, imports)
    prose = group_prose(group)
    resources: list[ResourceView] = []
    if options.sync:
        methods = tuple(method_view(one, names, annotations, asynchronous=False, twin=None) for one in operations)
        base = imports.name(_RESOURCE, "Resource")
        resources.append(ResourceView(identifier(name), base, docstring(prose, indent=4), methods))
    if options.asynchronous:
        twin = name if options.sync else None
        methods = tuple(method_view(one, names, annotations, asynchronous=True, twin=twin) for one in operations)
        base = imports.name(_RESOURCE, "AsyncResource")
        doc = docstring(f"`{name}`, awaitable." if options.sync else prose, indent=4)
        resources.append(ResourceView(identifier(f"Async{name}"), base, doc, methods))
    return GroupView(
        doc=docstring(module_prose(group, "The client")), resources=tuple(resources), imports=imports.write()
    )
