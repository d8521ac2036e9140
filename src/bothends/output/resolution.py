"""Whether the modules of a package find each other: imports, attributes of imported modules, lazily loaded names.

Works on the text of the whole package. A quick reading with patterns suspects; what it suspects is confirmed on
the syntax tree, so that prose which looks like an import accuses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from bothends.output.definitions import attributes_in, definitions_in, imports_in, names_in

# Begins with the end of the line before: a pattern that begins with what it must find is searched many times faster.
_IMPORT: Final = re.compile(r"\n[ \t]*from (\.+)([\w.]*) import (\([^)]*\)|[^\n(]+)(?=\n|$)")
_LAZY: Final = re.compile(r'^[ \t]+"(\w+)": "(\.[\w.]+)",$', re.M)
_COMMENT: Final = re.compile(r"#.*")


def unresolved(modules: Mapping[str, str]) -> list[str]:
    """Return what leads nowhere, one sentence for each. ``modules`` maps paths below the package to Python texts."""
    package = {path: _Module(path, text) for path, text in modules.items()}
    return [problem for path in sorted(package) for problem in _problems(package[path], package)]


class _Module:
    """A module of the package, and what it defines: guessed first, and known when it matters."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def guess(self) -> frozenset[str]:
        found = set(names_in(self.text))
        for _, names in self.imports:
            found.update(alias for _, alias in names)
        return frozenset(found)

    @cached_property
    def defined(self) -> frozenset[str]:
        return definitions_in(self.text)

    @cached_property
    def imports(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [(found[1] + found[2], list(_names(found[3]))) for found in _IMPORT.finditer(f"\n{self.text}")]

    def defines(self, name: str) -> bool:
        return name in self.guess or name in self.defined


def _problems(module: _Module, package: Mapping[str, _Module]) -> Iterator[str]:
    aliases: dict[str, _Module] = {}
    for reference, names in module.imports:
        if _leaves(module.path, reference):
            continue
        place = _place(module.path, reference)
        for name, alias in names:
            below = _find(f"{place}/{name}" if place else name, package)
            if below is not None:
                aliases[alias] = below
                continue
            holder = _find(place, package)
            if (holder is None or not holder.defines(name)) and (reference, name) in imports_in(module.text):
                yield f"{module.path}: {name} cannot be imported from {reference}"
    yield from _attributes(module, aliases)
    if "lazy_attributes(" in module.text:
        for name, reference in _LAZY.findall(module.text):
            holder = _find(_place(module.path, reference), package)
            if holder is None or not holder.defines(name):
                yield f"{module.path}: {name} is not in {reference}"


def _leaves(path: str, reference: str) -> bool:
    """Whether a reference leads out of the package: to a runtime that is shared."""
    return len(reference) - len(reference.lstrip(".")) > path.count("/") + 1


def _attributes(module: _Module, aliases: Mapping[str, _Module]) -> Iterator[str]:
    for alias in sorted(aliases):
        for name in sorted(set(re.findall(rf"{re.escape(alias)}\.(\w+)", module.text))):
            if not aliases[alias].defines(name) and (alias, name) in attributes_in(module.text):
                yield f"{module.path}: {alias} has no {name}"


def _names(text: str) -> Iterator[tuple[str, str]]:
    for part in _COMMENT.sub("", text).strip("()").split(","):
        words = part.split()
        if words:
            yield words[0], words[-1]


def _place(path: str, reference: str) -> str:
    """Return the path of the module that a relative reference means, without its suffix."""
    name = reference.lstrip(".")
    folders = path.split("/")[: -(len(reference) - len(name))]
    return "/".join([*folders, *name.split(".")] if name else folders)


def _find(place: str, package: Mapping[str, _Module]) -> _Module | None:
    return package.get(f"{place}.py") or package.get(f"{place}/__init__.py" if place else "__init__.py")
