"""What handlers a generated package asks for, read from the modules of its ``server/`` folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Method:
    """A method to implement.

    ``group`` is the generated class that has it; ``parameters`` its keyword arguments with their annotations;
    ``returns`` what an implementation returns. ``imports`` says where the names of the annotations come from.
    """

    name: str
    group: str
    parameters: tuple[tuple[str, ast.expr], ...]
    returns: ast.expr
    summary: str
    imports: Mapping[str, tuple[str, str]]


def expected_methods(package: Path) -> tuple[Method, ...]:
    """Return the methods that the generated package in a folder asks for; none where it has no server."""
    found: list[Method] = []
    for file in sorted((package / "server").glob("*.py")):
        # Others than those of groups begin so: what is delivered is taken by another class, if by any.
        if not file.name.startswith("_"):
            found += _methods(ast.parse(file.read_text(encoding="utf-8")), import_path(package))
    return tuple(found)


def import_path(package: Path) -> str:
    """Return the name that a package is imported by: folders count as long as they are packages themselves."""
    folder = package.resolve()
    names = [folder.name]
    while (folder.parent / "__init__.py").is_file():
        folder = folder.parent
        names.insert(0, folder.name)
    return ".".join(names)


def _methods(module: ast.Module, package: str) -> Iterator[Method]:
    imports = _imports(module, package)
    for group in module.body:
        if not isinstance(group, ast.ClassDef):
            continue
        for node in group.body:
            if isinstance(node, ast.FunctionDef):
                yield _method(node, group.name, imports)


def _method(node: ast.FunctionDef, group: str, imports: Mapping[str, tuple[str, str]]) -> Method:
    parameters = tuple((one.arg, one.annotation) for one in node.args.kwonlyargs if one.annotation is not None)
    returns = node.returns or ast.Constant(None)
    if isinstance(returns, ast.Subscript):
        # MaybeAwaitable[…]: what an implementation returns stands within.
        returns = returns.slice
    annotations = [returns, *(annotation for _, annotation in parameters)]
    used = {one.id for each in annotations for one in ast.walk(each) if isinstance(one, ast.Name)}
    needed = {name: imports[name] for name in sorted(used & imports.keys())}
    summary = (ast.get_docstring(node) or node.name).partition("\n")[0]
    return Method(node.name, group, parameters, returns, summary, needed)


def _imports(module: ast.Module, package: str) -> dict[str, tuple[str, str]]:
    """Return for each name that a module of ``server/`` imports the module and the name that it stands for."""
    found: dict[str, tuple[str, str]] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            base = {0: "", 1: f"{package}.server", 2: package}[node.level]
            source = ".".join(part for part in (base, node.module or "") if part)
            if source.startswith(f"{package}._runtime.server."):
                source = f"{package}.server"  # which offers what handlers need
            found.update({one.asname or one.name: (source, one.name) for one in node.names})
        elif isinstance(node, ast.Import):
            found.update({one.asname or one.name: (one.name, "") for one in node.names})
    return found
