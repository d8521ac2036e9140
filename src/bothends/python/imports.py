"""The imports of one generated module: asked for name by name, written sorted, clashes settled by an alias."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import lru_cache

from bothends.python.code import Code, code, dotted, identifier, join

FUTURE = code("from __future__ import annotations")
_QUIET = code(
    "# The document calls some of what is mentioned here deprecated.\n"
    '# mypy: disable-error-code="deprecated"\n'
    "# pyright: reportDeprecated=false\n"
)
_TYPE_CHECKING = ("typing", "TYPE_CHECKING")


class Imports:
    """Collects what a module imports.

    ``taken`` are the names that the module cannot give away: what it defines, and the generated classes that it
    mentions. A name that is asked for with :meth:`name` and is among them is imported under an alias with
    a leading underscore, which no name of a document has. The alias depends on the module's own contents alone.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = frozenset(taken)
        self._modules: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._deferred: dict[tuple[str, str], str] = {}
        self._holders: dict[str, tuple[str, str]] = {}
        #: The module mentions a deprecated class, for which nobody who reads a report of it can do anything.
        self.mentions_deprecated = False

    def name(self, module: str, name: str) -> Code:
        """Import a name (``from module import name``) and return what it is called here."""
        return self._add(self._names, module, name, self._free(name))

    def own(self, module: str, name: str, alias: str | None = None) -> Code:
        """Import a name that is listed in ``taken``, or under a chosen alias: it keeps its spelling."""
        return self._add(self._names, module, name, alias or name)

    def deferred(self, module: str, name: str) -> Code:
        """Import a name for type checkers only; it keeps its spelling."""
        self.name(*_TYPE_CHECKING)
        return self._add(self._deferred, module, name, name)

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
        statements = join("\n\n", [FUTURE, *_sections(self._modules, self._names)])
        return join("\n", [_QUIET, statements]) if self.mentions_deprecated else statements

    def write_deferred(self) -> tuple[Code, ...]:
        """Return the statements that stand below ``if TYPE_CHECKING:``."""
        return tuple(line for section in _grouped({}, self._deferred) for line in section)

    def _free(self, name: str) -> str:
        while name in self._taken:
            name = f"_{name}"
        return name

    def _add(self, names: dict[tuple[str, str], str], module: str, name: str, alias: str) -> Code:
        while self._holders.setdefault(alias, (module, name)) != (module, name):
            alias = f"_{alias}"
        names[module, name] = alias
        return identifier(alias)


def _sections(modules: dict[str, str], names: dict[tuple[str, str], str]) -> list[Code]:
    return [join("\n", section) for section in _grouped(modules, names)]


def _grouped(modules: dict[str, str], names: dict[tuple[str, str], str]) -> list[list[Code]]:
    """Return the statements of the standard library, of third parties, and of the package itself."""
    sections: list[list[Code]] = [[], [], []]
    for module in sorted(modules, key=natural):
        sections[_section(module)].append(_import(module, modules[module]))
    statements: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for (module, name), alias in names.items():
        # A name with an alias gets a statement of its own, as ruff's isort has it.
        statements.setdefault((module, "" if alias == name else name), []).append((name, alias))
    lines = [(module, sorted(found, key=_name_order)) for (module, _), found in statements.items()]
    for module, found in sorted(lines, key=lambda line: (_module_order(line[0]), _name_order(line[1][0]))):
        sections[_section(module)].append(_from(module, found))
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
    return code("{} as {}", identifier(name), identifier(alias))


def _section(module: str) -> int:
    if module.startswith("."):
        return 2
    return 0 if module.partition(".")[0] in sys.stdlib_module_names else 1


@lru_cache(maxsize=32768)
def natural(text: str) -> tuple[str | int, ...]:
    """Return a key that sorts numbers in identifiers by their value: ``v9`` before ``v10``."""
    parts = _NUMBER.split(text)
    return (text,) if len(parts) == 1 else tuple(int(part) if n % 2 else part for n, part in enumerate(parts))


def order_of_names(name: str) -> tuple[int, tuple[str | int, ...]]:
    """Return a key that sorts names as ruff has them in ``__all__``: constants, classes, the rest."""
    return kind_of_name(name), natural(name)


def kind_of_name(name: str) -> int:
    """Return the rank of a name among others: constants, classes, the rest."""
    if name.isupper() and len(name.encode()) > 1:
        return 0
    return 1 if name[:1].isupper() else 2


_NUMBER = re.compile("([0-9]+)")


def _module_order(module: str) -> tuple[object, ...]:
    """Sort relative imports after the others, the farthest first."""
    path = module.lstrip(".")
    return (len(path) - len(module), natural(path.lower()), natural(path))


def _name_order(entry: tuple[str, str]) -> tuple[object, ...]:
    name = entry[0]
    return (kind_of_name(name), natural(name.lower()), natural(name))
