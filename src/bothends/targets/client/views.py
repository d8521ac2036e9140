"""What the templates of the ``client`` part see."""

from __future__ import annotations

from dataclasses import dataclass

from bothends.python.code import Code


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method: ``keyword`` begins it, ``parameters`` stand between its parentheses, ``call`` is returned."""

    name: Code
    parameters: Code
    returns: Code
    doc: Code
    call: Code
    decorator: Code | None
    keyword: Code


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A class of methods."""

    name: Code
    base: Code
    doc: Code
    methods: tuple[MethodView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A module of one group."""

    doc: Code
    imports: Code
    resources: tuple[ResourceView, ...]


@dataclass(frozen=True, slots=True)
class SchemeView:
    """A security scheme: its name in the document, as a literal, and the expression that makes it."""

    key: Code
    value: Code


@dataclass(frozen=True, slots=True)
class CredentialView:
    """An argument of the constructor; ``key`` is what the runtime finds it by, as a literal."""

    name: Code
    annotation: Code
    key: Code


@dataclass(frozen=True, slots=True)
class AttributeView:
    """A group as an attribute of the client."""

    name: Code
    class_name: Code
    module: Code
    doc: Code


@dataclass(frozen=True, slots=True)
class ClientView:
    """A client class."""

    name: Code
    base: Code
    options: Code
    doc: Code
    credentials: tuple[CredentialView, ...]
    attributes: tuple[AttributeView, ...]


@dataclass(frozen=True, slots=True)
class WebhooksView:
    """What the API sends by itself, as an attribute of the clients."""

    name: Code
    returns: Code


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A documented answer: the operation that gives it, as a literal, and the value."""

    key: Code
    value: Code


@dataclass(frozen=True, slots=True)
class FakeView:
    """A client that sends nothing; ``base`` is what makes it so, ``client`` what it stands for."""

    name: Code
    base: Code
    client: Code


@dataclass(frozen=True, slots=True)
class TestingView:
    """``testing.py``."""

    imports: Code
    exported: tuple[Code, ...]
    any: Code | None
    examples: tuple[ExampleView, ...]
    fakes: tuple[FakeView, ...]


@dataclass(frozen=True, slots=True)
class PackageView:
    """The package ``client`` itself."""

    imports: Code
    type_checking: Code | None
    deferred: tuple[Code, ...]
    exported: tuple[Code, ...]
    servers: tuple[Code, ...]
    schemes: tuple[SchemeView, ...]
    environment: Code
    unpack: Code
    cached_property: Code | None
    webhooks: WebhooksView | None
    clients: tuple[ClientView, ...]
    definitions: tuple[Code, ...]
