"""What the templates of the ``server`` part see."""

from __future__ import annotations

from dataclasses import dataclass

from bothends.python.code import Code


@dataclass(frozen=True, slots=True)
class HandlerView:
    """A method to implement: ``parameters`` is all that stands between its parentheses."""

    name: Code
    parameters: Code
    returns: Code
    doc: Code


@dataclass(frozen=True, slots=True)
class RouteView:
    """The method, as a literal, and the function that describes its operation."""

    handler: Code
    operation: Code


@dataclass(frozen=True, slots=True)
class GroupView:
    """A module of handlers."""

    doc: Code
    imports: Code
    class_name: Code
    class_doc: Code
    handlers: tuple[HandlerView, ...]
    route: Code
    routes: tuple[RouteView, ...]


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A webhook: the method that takes it, and the expression that describes it."""

    method: HandlerView
    delivery: Code


@dataclass(frozen=True, slots=True)
class DeliveriesView:
    """The module of the server that has a method for each webhook."""

    imports: Code
    class_name: Code
    base: Code
    deliveries: tuple[DeliveryView, ...]


@dataclass(frozen=True, slots=True)
class SchemeView:
    """A security scheme: its name in the document, as a literal, and the expression that makes it."""

    key: Code
    value: Code


@dataclass(frozen=True, slots=True)
class PackageView:
    """The package ``server`` itself."""

    imports: Code
    exported: tuple[Code, ...]
    bases: Code
    routes: tuple[Code, ...]
    schemes: tuple[SchemeView, ...]
