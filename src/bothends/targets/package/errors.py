"""The exceptions of a document: a module for the statuses, and one for each group that has some of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bothends.ir.api import Api
from bothends.naming.names import Names
from bothends.python.annotations import Annotations, union
from bothends.python.code import Code, code, identifier, join, literal
from bothends.python.docstrings import LINE_LENGTH, docstring
from bothends.python.imports import Imports, natural, order_of_names
from bothends.targets.operations.errors import ErrorClass, error_classes
from bothends.targets.package.views import EntryView, ErrorsView, ErrorView
from bothends.targets.target import FileView

_RUNTIME = ".._runtime.errors"
_INVARIANT = code("# pyright: ignore[reportIncompatibleVariableOverride]")
_TREE = ("ApiError", "ConfigurationError", "ConnectionFailed", "DecodingError", "StatusError", "TimedOut")


class _Imports(Imports):
    """Imports that leave the schemas to type checkers: only annotations mention them."""

    def name(self, module: str, name: str) -> Code:
        return self.deferred(module, name) if name == "schemas" else super().name(module, name)


def error_files(api: Api, names: Names, *, webhooks: bool) -> Iterator[FileView]:
    """Yield the modules of ``errors``; ``webhooks``: deliveries can be untrusted.

    The classes of single operations stand apart, so that a program loads those of the groups that it uses.
    """
    modules = {operation.id: names.groups[operation.group].module for operation in api.operations}
    own: dict[str, list[ErrorClass]] = {}
    shared: list[ErrorClass] = []
    for one in _classes(api, names, Imports()):
        (own.setdefault(modules[one.operation], []) if one.operation in modules else shared).append(one)
    
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
