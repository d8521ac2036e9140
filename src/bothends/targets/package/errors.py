"""The exceptions of a document."""

from __future__ import annotations

from bothends.ir.api import Api
from bothends.naming.names import Names
from bothends.python.annotations import Annotations, union
from bothends.python.code import Code, code, identifier, join, literal
from bothends.python.docstrings import LINE_LENGTH, docstring
from bothends.python.imports import Imports, order_of_names
from bothends.targets.operations.errors import ErrorClass, error_classes
from bothends.targets.package.views import ErrorsView, ErrorView

_RUNTIME = "._runtime.errors"
_INVARIANT = code("# pyright: ignore[reportIncompatibleVariableOverride]")
_TREE = ("ApiError", "ConfigurationError", "ConnectionFailed", "DecodingError", "StatusError", "TimedOut")


class _Imports(Imports):
    """Imports that leave the schemas to type checkers: only annotations mention them."""

    def name(self, module: str, name: str) -> Code:
        return self.deferred(module, name) if name == "schemas" else super().name(module, name)


def errors_view(api: Api, names: Names, *, webhooks: bool) -> ErrorsView:
    """Return ``errors.py``; ``webhooks``: deliveries can be untrusted."""
    imports = _Imports()
    annotations = Annotations(names, api.declared(), imports, root=".")
    classes = error_classes(api, names, annotations).classes
    errors = tuple(_error(one, names) for one in classes)
    tree = (*_TREE, "InvalidSignature") if webhooks else _TREE
    for name in tree:
        imports.own(_RUNTIME, name)
    exported = sorted((*tree, *(one.name for one in classes)), key=order_of_names)
    return ErrorsView(
        exported=tuple(literal(name) for name in exported),
        errors=errors,
        imports=imports.write(),
        type_checking=imports.type_checking,
        deferred=imports.write_deferred(),
    )


def _error(one: ErrorClass, names: Names) -> ErrorView:
    return ErrorView(
        name=identifier(one.name),
        base=identifier(one.base or "StatusError"),
        doc=docstring(_prose(one, names), indent=4),
        status=_status(one),
        body=_body(one),
    )


def _prose(one: ErrorClass, names: Names) -> str:
    said = one.descriptions[0] if len(one.descriptions) == 1 and one.descriptions[0] else ""
    label = {"default": "Any other status"}.get(one.key, one.key)
    text = f"{label}: {said}" if said else f"{label}."
    return f"{text}" if one.operation is None else f"`{names.methods[one.operation]}`: {text}"


def _status(one: ErrorClass) -> Code | None:
    """Return the status that an instance has unless told otherwise: the first of a range."""
    if one.base is not None or one.key == "default":
        return None
    return literal(int(one.key.upper().replace("X", "0")))


def _body(one: ErrorClass) -> Code | None:
    if not one.bodies:
        return code("body: None") if one.base is None else None
    stated = code("body: {}", union(one.bodies))
    if one.base is None:
        return stated
    # The class of the status says what any operation may hold, and is as mutable as any attribute.
    if len(stated.text) + 4 <= LINE_LENGTH:
        return code("{}  {}", stated, _INVARIANT)
    return code("body: (  {}\n        {}\n    )", _INVARIANT, join("\n        | ", one.bodies))
