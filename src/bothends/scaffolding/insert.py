"""Methods into a class of a team's module: text is added, and what stands there is not touched.

Comes in: a module and the methods to add. Goes out: its new text. The syntax tree says where; the lines are the
user's own, with their indentation and their line ends.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Mapping, Sequence

from bothends.output.files import OutputFile
from bothends.python.code import prose
from bothends.scaffolding.expected import Method
from bothends.scaffolding.written import HandlerClass, Module

_INDENT = "    "


class NoPlaceError(Exception):
    """The class stands on a single line, and nothing can be added to it as it is."""


def with_methods(owner: HandlerClass, methods: Sequence[Method]) -> str:
    """Return the text of the module with the methods at the end of the class. Raises NoPlaceError."""
    module = owner.module
    last = owner.node.body[-1]
    if last.end_lineno is None or owner.node.body[0].lineno == owner.node.lineno:
        raise NoPlaceError(f"{owner.node.name} stands on one line")
    end = "\r\n" if "\r\n" in module.text else "\n"
    lines = _lines(module.text)
    indent = re.match(r"[ \t]*", lines[last.lineno - 1])
    added = _indented(methods_text(methods), indent[0] if indent else _INDENT)
    at = _end_of_statement(lines, last.end_lineno)
    if not lines[at - 1].endswith(("\n", "\r")):
        lines[at - 1] += end
    lines[at:at] = [line + end if line else end for line in ["", *added]]
    lines[:] = _with_imports(module, lines, methods, end)
    return "".join(lines)


def methods_text(methods: Sequence[Method]) -> str:
    """Return the methods as the body of a class, without indentation, ending in a line break."""
    from bothends.output.formatting import format_files

    source = "class Handlers:\n" + "\n".join(_source(method) for method in methods)
    formatted = format_files([OutputFile("handlers.py", source)])[0].text
    lines = formatted.split("\n", 1)[1].splitlines()
    return "\n".join(line.removeprefix(_INDENT) for line in lines) + "\n"


def import_lines(imports: Mapping[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the modules that names come from, each with the statement that imports them."""
    modules: dict[str, list[str]] = {}
    whole: list[tuple[str, str]] = []
    for name, (module, original) in sorted(imports.items()):
        if original:
            modules.setdefault(module, []).append(original if original == name else f"{original} as {name}")
        else:
            whole.append((module, f"import {module}" if module == name else f"import {module} as {name}"))
    found = sorted(modules.items())
    return [*whole, *((module, f"from {module} import {', '.join(names)}") for module, names in found)]


def import_sections(imports: Mapping[str, tuple[str, str]]) -> str:
    """Return the statements that import names, those of the standard library apart."""
    lines = import_lines(imports)
    standard = [line for module, line in lines if module.partition(".")[0] in sys.stdlib_module_names]
    others = [line for _, line in lines if line not in standard]
    return "\n\n".join("\n".join(section) for section in (standard, others) if section)


def needed_imports(methods: Sequence[Method]) -> dict[str, tuple[str, str]]:
    """Return where the names in the annotations of methods come from."""
    return {name: source for method in methods for name, source in method.imports.items()}


def _source(method: Method) -> str:
    star = ["*"] if method.parameters else []
    parameters = ", ".join(
        ["self", *star, *(f"{name}: {ast.unparse(annotation)}" for name, annotation in method.parameters)]
    )
    return (
        f"{_INDENT}async def {method.name}({parameters}) -> {ast.unparse(method.returns)}:\n"
        f'{_INDENT * 2}"""{prose(method.summary).text}"""\n{_INDENT * 2}raise NotImplementedError\n'
    )


def _indented(text: str, indent: str) -> list[str]:
    inner = "\t" if indent.startswith("\t") else _INDENT
    lines: list[str] = []
    for line in text.splitlines():
        stripped = line.lstrip(" ")
        depth = (len(line) - len(stripped)) // len(_INDENT)
        lines.append(indent + inner * depth + stripped if stripped else "")
    return lines


def _lines(text: str) -> list[str]:
    """Return the lines as Python counts them, with their ends: a form feed ends none."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)


def _end_of_statement(lines: list[str], at: int) -> int:
    """Return the line after which something new begins: comments on the last statement belong to it."""
    while at < len(lines) and re.match(r"[ \t]+#", lines[at]):
        at += 1
    return at


def _with_imports(module: Module, lines: list[str], methods: Sequence[Method], end: str) -> list[str]:
    bound = {
        one.asname or one.name.partition(".")[0]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for one in node.names
    }
    bound |= {node.name for node in module.tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    missing = {name: source for name, source in needed_imports(methods).items() if name not in bound}
    if not missing:
        return lines
    imports = [node for node in module.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    at = (imports[-1].end_lineno or 0) if imports else _after_docstring(module.tree)
    added = [line + end for _, line in import_lines(missing)]
    return [*lines[:at], *added, *lines[at:]]


def _after_docstring(tree: ast.Module) -> int:
    first = tree.body[0] if tree.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.end_lineno or 0
    return 0
