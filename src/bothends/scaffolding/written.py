"""What handlers a team has written, read from its modules, which are not imported."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class UnreadableError(Exception):
    """A module of handlers is not Python. ``line`` counts from 1."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its text as it stands in the file, line ends and all, and how that is encoded."""

    path: Path
    text: str
    encoding: str
    tree: ast.Module


@dataclass(frozen=True, slots=True)
class HandlerClass:
    """A class of handlers, with its own methods and those of its bases in the same modules.

    ``bases`` are the last parts of the names of its bases; ``names`` everything that it defines.
    """

    module: Module
    node: ast.ClassDef
    bases: frozenset[str]
    methods: tuple[tuple[Module, Function], ...]
    names: frozenset[str]


def handler_classes(path: Path) -> tuple[HandlerClass, ...]:
    """Return the classes of handlers in a module, or in the modules of a folder. Raises UnreadableError, OSError."""
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    modules = [read_module(file) for file in files]
    known = {
        node.name: (module, node) for module in modules for node in module.tree.body if isinstance(node, ast.ClassDef)
    }
    return tuple(
        _handler_class(module, node, known)
        for module, node in known.values()
        if any(base.endswith("Handlers") for base in _bases(node))
    )


def read_module(path: Path) -> Module:
    """Return a module. Raises UnreadableError, OSError."""
    try:
        with path.open("rb") as file:
            encoding, _ = tokenize.detect_encoding(file.readline)
        text = path.read_bytes().decode(encoding)
        return Module(path, text, encoding, ast.parse(text))
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise UnreadableError(path, line or 1, "this is not Python") from error


def _handler_class(module: Module, node: ast.ClassDef, known: dict[str, tuple[Module, ast.ClassDef]]) -> HandlerClass:
    methods: dict[str, tuple[Module, Function]] = {}
    names: set[str] = set()
    waiting: list[tuple[Module, ast.ClassDef]] = [(module, node)]
    seen: set[str] = set()
    while waiting:
        where, one = waiting.pop(0)
        if one.name in seen:
            continue
        seen.add(one.name)
        for statement in one.body:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                methods.setdefault(statement.name, (where, statement))
            names.update(_defined(statement))
        waiting += [known[base] for base in _bases(one) if base in known]
    return HandlerClass(module, node, frozenset(_bases(node)), tuple(methods.values()), frozenset(names))


def _defined(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    yield from (target.id for target in targets if isinstance(target, ast.Name))


def _bases(node: ast.ClassDef) -> Iterator[str]:
    for base in node.bases:
        if isinstance(base, ast.Name):
            yield base.id
        elif isinstance(base, ast.Attribute):
            yield base.attr
