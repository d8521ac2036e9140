"""The model and its names to the modules of ``operations``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bothends.ir.api import Api, Group
from bothends.ir.declarations import Declaration
from bothends.ir.operations import Operation
from bothends.ir.types import TypeId
from bothends.naming.names import Names
from bothends.python.annotations import Annotations
from bothends.python.docstrings import docstring
from bothends.python.imports import Imports
from bothends.targets.operations.descriptors import operation_view
from bothends.targets.operations.errors import ErrorClasses, error_classes
from bothends.targets.operations.groups import groups
from bothends.targets.operations.media import descriptor
from bothends.targets.operations.prose import module_prose
from bothends.targets.operations.views import GroupView, PackageView
from bothends.targets.target import FileView, TargetOptions


class OperationsTarget:
    """Writes ``operations/``, which clients and servers share."""

    name = "operations"
    needs: tuple[str, ...] = ("client", "server")

    def views(self, api: Api, names: Names, options: TargetOptions) -> Sequence[FileView]:
        """Return a module for each group."""
        declarations = api.declared()
        errors = error_classes(api, names)
        files = [FileView("operations/__init__.py", "operations/package.py.jinja", PackageView())]
        for group, operations in groups(api, names):
            view = _group(group, operations, names, declarations, errors)
            path = f"operations/{names.groups[group.tag].module}.py"
            files.append(FileView(path, "operations/group.py.jinja", view))
        return files


OPERATIONS = OperationsTarget()


def _group(
    group: Group,
    operations: tuple[Operation, ...],
    names: Names,
    declarations: Mapping[TypeId, Declaration],
    errors: ErrorClasses,
) -> GroupView:
    imports = Imports({names.methods[operation.id] for operation in operations})
    annotations = Annotations(names, declarations, imports)
    views = tuple(operation_view(operation, names, annotations, errors) for operation in operations)
    return GroupView(
        doc=docstring(module_prose(group, "The operations")),
        cache=imports.name("functools", "cache"),
        operation=descriptor("Operation", annotations),
        operations=views,
        imports=imports.write(),
    )
