"""The exceptions of a document: a module for the statuses, and one for each group that has some of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bothends.ir.api import Api
from bothends.naming.names import Names
from bothends.python.annotations import Annotations, union
from bothends.python.code import Code, code, identifier, join, literal
from bothends.python.docstrings import LINE_LENGTH, docstring
from bothends.python.imports import Imports, order_of_names
from bothends.targets.operations.errors import ErrorClass, error_classes
from bothends.targets.package.views import ErrorsView, ErrorView
from bothends.targets.target import FileView

_RUNTIME = ".._runtime.errors"
_INVARIANT = code("# pyright: ignore[reportIncompatibleVariableOverride]")
_STATUSES = "What can go wrong: one class for each documented status, below those of the runtime."
_OPERATIONS = "What can go wrong with single operations, below the classes of the statuses."
_ROOT = "StatusError"
_TREE = ("ApiError", "ConfigurationError", "ConnectionFailed", "DecodingError", _ROOT, "TimedOut")


class _Imports(Imports):
    """Imports that leave the schemas to type checkers: only annotations mention them."""

    def name(self, module: str, name: str) -> Code:
        return self.deferred(module, name) if name == "schemas" else super().name(module, name)


def error_files(api: Api, names: Names, *, webhooks: bool) -> Iterator[FileView]:
    """Yield the modules of ``errors``; ``webhooks``: deliveries can be untrusted.

    The classes of single operations stand apart, so that a program loads those of the groups that it uses.
    """
    shared: list[ErrorClass] = []
    own: dict[str, list[ErrorClass]] = {}
    for one in error_classes(api, names).classes.values():
        (shared if one.module is None else own.setdefault(one.module, [])).append(one)
    declarations = api.declared()
    imports = _Imports()
    for module in own:  # before anything else, so that each keeps its name
        imports.deferred(".", module)
    tree = (*_TREE, "InvalidSignature") if webhooks else _TREE
    for name in tree:
        imports.own(_RUNTIME, name)
    annotations = Annotations(names, declarations, imports)
    view = _view(_STATUSES, shared, names, annotations, tree=tree, modules=sorted(own))
    yield FileView("errors/__init__.py", "package/errors.py.jinja", view)
    for module, classes in own.items():
        imports = _Imports()
        for one in classes:
            imports.own(".", one.base or _ROOT)
        view = _view(_OPERATIONS, classes, names, Annotations(names, declarations, imports))
        yield FileView(f"errors/{module}.py", "package/errors.py.jinja", view)


def _view(
    doc: str,
    classes: Sequence[ErrorClass],
    names: Names,
    annotations: Annotations,
    *,
    tree: Sequence[str] = (),
    modules: Sequence[str] = (),
) -> ErrorsView:
    imports = annotations.imports
    errors = tuple(_error(one, names, annotations) for one in classes)
    lazy_attributes = imports.name(".._runtime.lazy", "lazy_attributes") if modules else None
    exported = sorted((*tree, *(one.name for one in classes), *modules), key=order_of_names)
    return ErrorsView(
        doc=docstring(doc),
        exported=tuple(map(literal, exported)),
        errors=errors,
        modules=tuple(map(literal, modules)),
        lazy_attributes=lazy_attributes,
        imports=imports.write(),
        type_checking=imports.type_checking,
        deferred=imports.write_deferred(),
    )


def _error(one: ErrorClass, names: Names, annotations: Annotations) -> ErrorView:
    return ErrorView(
        name=identifier(one.name),
        base=identifier(one.base or _ROOT),
        doc=docstring(_prose(one, names), indent=4),
        status=_status(one),
        body=_body(one, one.bodies(annotations)),
    )


def _prose(one: ErrorClass, names: Names) -> str:
    said = one.descriptions[0] if len(one.descriptions) == 1 else ""
    label = "Any other status" if one.key == "default" else one.key
    text = f"{label}: {said}" if said else f"{label}."
    return text if one.operation is None else f"`{names.methods[one.operation]}`: {text}"


def _status(one: ErrorClass) -> Code | None:
    """Return the status that an instance has unless told otherwise: the first of a range."""
    if one.base is not None or one.key == "default":
        return None
    return literal(int(one.key.upper().replace("X", "0")))


def _body(one: ErrorClass, bodies: Sequence[Code]) -> Code | None:
    if not bodies:
        return code("body: None") if one.base is None else None
    stated = code("body: {}", union(bodies))
    if one.base is None:
        return stated
    # The class of the status says what any operation may hold, and is as mutable as any attribute.
    if len(stated.text) + 4 <= LINE_LENGTH:
        return code("{}  {}", stated, _INVARIANT)
    return code("body: (  {}\n        {}\n    )", _INVARIANT, join("\n        | ", bodies))
