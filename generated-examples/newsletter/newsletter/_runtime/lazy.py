"""Packages that load their modules when something of them is first used (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from importlib import import_module
from typing import Any


def lazy_attributes(
    package: str, attributes: Mapping[str, str], *, modules: Collection[str] = ()
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` for a package.

    ``attributes`` maps names to the modules that hold them (``".pet"``), ``modules``
    names submodules that are attributes themselves. What is found stays in the package,
    so that each name is looked up once.
    """

    def get(name: str) -> Any:
        if name in attributes:
            found = getattr(import_module(attributes[name], package), name)
        elif name in modules:
            found = import_module(f".{name}", package)
        else:
            raise AttributeError(
                f"module {package!r} has no attribute {name!r}",
                name=name,
                obj=sys.modules[package],
            )
        setattr(sys.modules[package], name, found)
        return found

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *attributes, *modules})

    return get, names


def import_in_order(package: str, modules: Iterable[str]) -> None:
    """Import modules of a package one by one.

    A module imports those that it needs, which do the same: where that goes on for too
    long, Python gives up, unless what lies deepest is there already.
    """
    for module in modules:
        import_module(module, package)
