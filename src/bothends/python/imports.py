"""The imports of one generated module: asked for name by name, written sorted, clashes settled by an alias."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from bothends.python.code import Code, code, dotted, identifier, join

FUTURE = code("from __future__ import annotations")
_TYPE_CHECKING = ("typing", "TYPE_CHECKING")


class Imports:
    """Collects what a module imports.

    ``taken`` are the names that the module cannot give away: what it defines, and the generated classes that it
    mentions. A name that is asked for with :meth:`name` and is among them is imported under an alias with
    a trailing underscore, so that the alias depends on nothing but the module's own contents.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = frozenset(taken)
        self._modules: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._deferred: dict[tuple[str, str], str] = {}

    def name(self, module: str, name: str) -> Code:
        """Import a name (``from module import name``) and return what it is called here."""
        return self._add(self._names, module, name, self._free(name))

    def own(self, module: str, name: str, alias: str | None = None) -> Code:
        """Import a name that is listed in ``taken``, or under a chosen alias: it keeps its spelling."""
        return self._add(self._names, module, name, alias or name)

    def deferred(self, module: str, name: str, alias: str | None = None) -> Code:
        """Import a name for type checkers only."""
        self.name(*_TYPE_CHECKING)
        return self._add(self._deferred, module, name, alias or name)

    def reexport(self, module: str, name: str, *, deferred: bool = False) -> Code:
        """Import a name so that it counts as exported: ``from module import X as X``."""
        if deferred:
            self.name(*_TYPE_CHECKING)
        return self._add(self._deferred if deferred else self._names, module, name, f"={name}")

    def module(self, module: str) -> Code:
        """Import a module of the standard library or of a third party (``import module``)."""
        self._modules[module] = self._free(module) if "." not in module else module
        return dotted(self._modules[module])

    @property
    def type_checking(self) -> Code | None:
        """What to call ``TYPE_CHECKING`` here, if anything is imported under it."""
        return identifier(self._names[_TYPE_CHECKING]) if self._deferred else None

    def write(self) -> Code:
        """Return the import statements, sorted in the way of isort, with a blank line between sections."""
        return join("\n\n", [FUTURE, *_sections(self._modules, self._names)])

    def write_deferred(self) -> tuple[Code, ...]:
        """Return the statements that stand below ``if TYPE_CHECKING:``."""
        return tuple(line for section in _grouped({}, self._deferred) for line in section)

    def _free(self, name: str) -> str:
        while name in self._taken:
            name += "_"
        return name

    def _add(self, names: dict[tuple[str, str], str], module: str, name: str, alias: str) -> Code:
        names[module, name] = alias
        return identifier(alias.removeprefix("="))


def _sections(modules: dict[str, str], names: dict[tuple[str, str], str]) -> list[Code]:
    return [join("\n", section) for section in _grouped(modules, names)]


def _grouped(modules: dict[str, str], names: dict[tuple[str, str], str]) -> list[list[Code]]:
    """Return the statements of the standard library, of third parties, and of the package itself."""
    sections: list[list[Code]] = [[], [], []]
    for module in sorted(modules):
        sections[_section(module)].append(_import(module, modules[module]))
    by_module: dict[str, list[tuple[str, str]]] = {}
    for (module, name), alias in names.items():
        by_module.setdefault(module, []).append((name, alias))
    for module in sorted(by_module, key=_module_order):
        sections[_section(module)].append(_from(module, sorted(by_module[module], key=_name_order)))
    return [section for section in sections if section]


def _import(module: str, alias: str) -> Code:
    if alias == module:
        return code("import {}", dotted(module))
    return code("import {} as {}", dotted(module), identifier(alias))


def _from(module: str, names: list[tuple[str, str]]) -> Code:
    parts = [_aliased(name, alias) for name, alias in names]
    return code("from {} import {}", dotted(module), join(", ", parts))


def _aliased(name: str, alias: str) -> Code:
    if alias == name:
        return identifier(name)
    return code("{} as {}", identifier(name), identifier(alias.removeprefix("=")))


def _section(module: str) -> int:
    if module.startswith("."):
        return 2
    return 0 if module.partition(".")[0] in sys.stdlib_module_names else 1


def _module_order(module: str) -> tuple[int, str, str]:
    """Sort relative imports after the others, the farthest first."""
    path = module.lstrip(".")
    return (len(path) - len(module), path.casefold(), path)


def _name_order(entry: tuple[str, str]) -> tuple[int, str, str]:
    """Sort constants before classes before the rest, as isort does."""
    name = entry[0]
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return (kind, name.casefold(), name)
