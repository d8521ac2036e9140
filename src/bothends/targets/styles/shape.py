"""Whether code that another generator wrote declares types and does nothing else, whatever the document says."""

from __future__ import annotations

import ast
from typing import Final

_MODULES: Final = frozenset({"__future__", "dataclasses", "datetime", "decimal", "enum", "typing", "uuid", "pathlib"})
_MORE_MODULES: Final = frozenset({"ipaddress", "msgspec", "typing_extensions"})
_STATEMENTS: Final = (ast.AnnAssign, ast.Assign, ast.ClassDef, ast.Expr, ast.Import, ast.ImportFrom, ast.Pass)
_CALLED: Final = frozenset(
    {"Decimal", "Field", "Meta", "TypeAliasType", "TypedDict", "UUID", "date", "datetime", "field", "timedelta"}
)


def check_shape(code: str, names: set[str]) -> None:
    """Raise ValueError (a fault of bothends) for code that does more than declare types called ``names``."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Import(names=modules):
                good = all(alias.name in _MODULES | _MORE_MODULES for alias in modules)
            case ast.ImportFrom(module=module):
                good = module in _MODULES | _MORE_MODULES
            case ast.Expr(value=value):
                good = isinstance(value, ast.Constant)
            case ast.Call(func=ast.Name(id=name)):
                good = name in _CALLED | names | {"dataclass"}
            case ast.Call():
                good = False
            case ast.stmt():
                good = isinstance(node, _STATEMENTS)
            case _:
                good = True
        if not good:
            raise ValueError(
                f"line {getattr(node, 'lineno', 0)} does more than declare a type: {ast.unparse(node)[:200]}"
            )
