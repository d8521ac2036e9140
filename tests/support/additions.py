"""Whether a Python module grew into another one by additions alone, whatever a formatter made of its lines.

Everything of the old module has to be in the new one, in its order: statements, parameters, bases, elements of lists,
entries of mappings, members of unions, imported names. Something may stand between.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any


def replaced(old: str, new: str) -> list[str]:
    """Return the statements of a module, as text, that are not in the other one with all that they say."""
    return list(_missing(ast.parse(old).body, ast.parse(new).body))


def _missing(old: Sequence[ast.stmt], new: Sequence[ast.stmt]) -> Iterator[str]:
    yield from sorted(set(_imports(old)) - set(_imports(new)))
    found = dict(zip(_titles(new), new, strict=True))
    for title, statement in zip(_titles(old), old, strict=True):
        other = found.get(title)
        if _is_import(statement) or (other is not None and _grew(statement, other)):
            continue
        if isinstance(statement, ast.ClassDef) and isinstance(other, ast.ClassDef):
            yield from () if _grew(_head(statement), _head(other)) else (f"class {statement.name}",)
            yield from (f"{statement.name}: {text}" for text in _missing(statement.body, other.body))
        else:
            yield ast.unparse(statement)


def _titles(statements: Sequence[ast.stmt]) -> Iterator[str]:
    """Yield what each statement defines; a docstring belongs to what stands before it."""
    before = ""
    for statement in statements:
        title = _title(statement)
        yield f"{title} {before}" if title == "docstring" else title
        before = title


def _title(statement: ast.stmt) -> str:
    """Return what a statement defines, or all of it."""
    match statement:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            decorators = [ast.unparse(one) for one in statement.decorator_list]
            return f"{name} {'overload' in decorators and ast.unparse(statement)}"
        case ast.AnnAssign(target=target) | ast.Assign(targets=[target]):
            return f"{ast.unparse(target)} ="
        case ast.Expr(value=ast.Constant(value=str())):
            return "docstring"
        case ast.If(test=test):
            return f"if {ast.unparse(test)}"
        case _:
            return ast.unparse(statement)


def _head(one: ast.ClassDef) -> ast.Tuple:
    return ast.Tuple([*one.decorator_list, *one.bases, *(keyword.value for keyword in one.keywords)])


def _is_import(statement: object) -> bool:
    return isinstance(statement, ast.Import | ast.ImportFrom)


def _imports(statements: Sequence[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            module = "." * getattr(statement, "level", 0) + (getattr(statement, "module", "") or "")
            yield from (f"from {module} import {ast.unparse(name)}" for name in statement.names)


def _grew(old: Any, new: Any) -> bool:
    """Tell whether a node is in another one, entry by entry."""
    if isinstance(old, ast.BinOp) and isinstance(old.op, ast.BitOr):
        return _is_within(_union(old), _union(new))
    if type(old) is not type(new):
        # A type may become a member of a union.
        return isinstance(new, ast.BinOp) and isinstance(old, ast.expr) and _is_within([old], _union(new))
    if isinstance(old, ast.Expr) and isinstance(old.value, ast.Constant) and isinstance(old.value.value, str):
        # A docstring may list more than before.
        return _is_within(old.value.value.splitlines(), str(getattr(new.value, "value", "")).splitlines())
    if isinstance(old, ast.Dict):
        return _is_within(list(zip(old.keys, old.values, strict=True)), list(zip(new.keys, new.values, strict=True)))
    if isinstance(old, ast.If) or _is_import(old):
        return not list(_missing(getattr(old, "body", [old]), getattr(new, "body", [new])))
    if isinstance(old, ast.AST):
        return all(_grew(getattr(old, name, None), getattr(new, name, None)) for name in old._fields)
    if isinstance(old, tuple):
        return all(map(_grew, old, new))
    return _is_within(old, new) if isinstance(old, list) else old == new


def _union(node: Any) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_union(node.left), *_union(node.right)]
    return [node]


def _is_within(old: Sequence[Any], new: Sequence[Any]) -> bool:
    rest = iter(new)
    return all(any(_grew(one, other) for other in rest) for one in old)
