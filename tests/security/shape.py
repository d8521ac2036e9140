"""What stays of generated files when names, constants and what only a name calls for are taken out of them.

Left out are the texts of documentation, and the keywords by which generated code says that a thing is called
otherwise on the wire than in Python (``alias=``, ``wire=``), together with what stands there for them alone.
"""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

_NAMING = frozenset({"alias", "wire"})


def shape(files: Mapping[str, str]) -> Counter[str]:
    """Return the syntax trees of all statements but imports, however they are ordered."""
    return Counter(
        f"{_kind(path)}: {tree}" for path, text in _python(files) for tree in _trees(ast.parse(text).body) if tree
    )


def imports(files: Mapping[str, str]) -> set[str]:
    """Return what the files import from elsewhere: the library, third parties and the runtime."""
    found: set[str] = set()
    for _, text in _python(files):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and (
                node.level == 0 or (node.module or "").split(".")[0] == "_runtime"
            ):
                found |= {f"{node.module} {alias.name}" for alias in node.names}
    return found


def builtins_read(files: Mapping[str, str]) -> set[str]:
    """Return the builtins that any file reads and does not define."""
    used: set[str] = set()
    for _, text in _python(files):
        nodes = list(ast.walk(ast.parse(text)))
        named = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        bound = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
        bound |= {node.name for node in nodes if isinstance(node, ast.ClassDef | ast.FunctionDef)}
        bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
        bound |= {name.asname or name.name for node in nodes if isinstance(node, ast.ImportFrom) for name in node.names}
        used |= {name for name in named - bound if hasattr(builtins, name)}
    return used


def _python(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((path, text) for path, text in files.items() if path.endswith(".py"))


def _kind(path: str) -> str:
    """Return the folder, and the name of the file only where it is not made of a document's text."""
    folder, _, name = path.rpartition("/")
    return path if name == "__init__.py" else folder


def _trees(body: Iterable[ast.stmt]) -> Iterator[str]:
    for node in body:
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()) | ast.Pass():
                continue
            case ast.If(test=ast.Name(id="TYPE_CHECKING" | "_TYPE_CHECKING")):
                assert all(isinstance(inner, ast.ImportFrom) for inner in node.body), ast.unparse(node)
            case ast.ClassDef():
                bases = [_dump(base) for base in (*node.bases, *node.keywords)]
                yield f"class({bases}): {sorted(_trees(node.body))}"
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                node.body = [line for line in node.body if not isinstance(line, ast.ImportFrom)]
                yield _dump(node)
            case _:
                yield _dump(node)


def _dump(node: ast.AST) -> str:
    return ast.dump(_Plain().visit(node))


class _Plain(ast.NodeTransformer):
    """Takes out names and constants."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant(value=type(node.value).__name__)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(id="name", ctx=node.ctx)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        node.attr = "name"
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        self.generic_visit(node)
        node.arg = "name"
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST | None:
        if node.arg in _NAMING and isinstance(node.value, ast.Constant):
            return None
        self.generic_visit(node)
        node.arg = "name" if node.arg else None
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        self.generic_visit(node)
        pairs = sorted(zip(node.keys, node.values, strict=True), key=lambda pair: (_text(pair[0]), _text(pair[1])))
        return ast.Dict([key for key, _ in pairs], [value for _, value in pairs])

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        self.generic_visit(node)
        return ast.Tuple(sorted(node.elts, key=_text), node.ctx)

    def visit_List(self, node: ast.List) -> ast.AST:
        self.generic_visit(node)
        return ast.List(sorted(node.elts, key=_text), node.ctx)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id.strip("_") == "Annotated":
            assert isinstance(node.slice, ast.Tuple)
            node.slice.elts = [item for item in node.slice.elts if not _only_names(item)]
            if len(node.slice.elts) == 1:
                return self.visit(node.slice.elts[0])
        self.generic_visit(node)
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self.visit_FunctionDef(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.body = [line for line in node.body if not isinstance(line, ast.Expr)] or [ast.Pass()]
        self.generic_visit(node)
        node.name = "name"
        return node


def _text(node: ast.AST | None) -> str:
    return "" if node is None else ast.dump(node)


def _only_names(node: ast.expr) -> bool:
    """Whether this is ``Field(alias=...)``."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id.strip("_") == "Field"
        and not node.args
        and {keyword.arg for keyword in node.keywords} <= _NAMING
    )
