"""What a Python module imports, defines and uses: by patterns, quickly and too much, or on its syntax tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_DEFINITION: Final = re.compile(r"\n(?:[ \t]*(?:async def|def|class)[ \t]+(\w+)|(\w+)(?:, (\w+))?[ \t]*(?:=|:(?!\n)))")


def names_in(text: str) -> Iterator[str]:
    """Yield what a module seems to define; it may be more than there is."""
    for found in _DEFINITION.findall(f"\n{text}"):
        yield from filter(None, found)


def definitions_in(text: str) -> frozenset[str]:
    """Return the names that a module binds when it is imported."""
    return frozenset(_bound(_tree(text).body))


def imports_in(text: str) -> frozenset[tuple[str, str]]:
    """Return the relative imports of a module: where from, with leading dots, and which name."""
    return frozenset(
        (f"{'.' * node.level}{node.module or ''}", alias.name)
        for node in ast.walk(_tree(text))
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    )


def attributes_in(text: str) -> frozenset[tuple[str, str]]:
    """Return the attributes that a module takes of plain names, in annotations and elsewhere."""
    return frozenset(
        (node.value.id, node.attr)
        for node in ast.walk(_tree(text))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    )


@lru_cache(maxsize=8)
def _tree(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):  # somebody's edit that is to be kept
        return ast.Module([], [])


def _bound(statements: list[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement.name
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.If | ast.Try | ast.With | ast.For | ast.While):
            for part in ("body", "orelse", "finalbody"):
                yield from _bound(getattr(statement, part, []))
            for handler in getattr(statement, "handlers", []):
                yield from _bound(handler.body)
        else:
            stored = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
            yield from (node.id for node in stored if isinstance(node.ctx, ast.Store))
