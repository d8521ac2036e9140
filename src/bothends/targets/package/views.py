"""What the templates of the package itself see."""

from __future__ import annotations

from dataclasses import dataclass

from bothends.python.code import Code


@dataclass(frozen=True, slots=True)
class EntryView:
    """A name of the package, as a literal, and the module that holds it."""

    name: Code
    module: Code


@dataclass(frozen=True, slots=True)
class PackageView:
    """``__init__.py``."""

    doc: Code
    imports: Code
    type_checking: Code | None
    deferred: tuple[Code, ...]
    exported: tuple[Code, ...]
    entries: tuple[EntryView, ...]
    modules: tuple[Code, ...]
    lazy_attributes: Code


@dataclass(frozen=True, slots=True)
class WebhooksView:
    """``webhooks.py``; ``event`` is the type of what is delivered."""

    imports: Code
    alias: Code
    event: Code
    doc: Code
    webhooks: Code
    signature: Code
    environment: Code


@dataclass(frozen=True, slots=True)
class ErrorView:
    """An exception class; ``body`` and ``status`` are left out where the base class has them."""

    name: Code
    base: Code
    doc: Code
    status: Code | None
    body: Code | None


@dataclass(frozen=True, slots=True)
class ErrorsView:
    """A module of ``errors``; ``modules`` are those that it loads when they are first used."""

    doc: Code
    imports: Code
    type_checking: Code | None
    deferred: tuple[Code, ...]
    exported: tuple[Code, ...]
    errors: tuple[ErrorView, ...]
    modules: tuple[Code, ...]
    lazy_attributes: Code | None
