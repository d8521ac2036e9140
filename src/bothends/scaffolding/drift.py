"""Handlers that a team has written beside those that the generated package asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from bothends.scaffolding.expected import Method
from bothends.scaffolding.written import Function, HandlerClass

Kind: TypeAlias = Literal["missing-handler", "obsolete-handler", "changed-handler"]

_CALL = re.compile(r"^\s*(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY) /\S*\s*$", re.M)
_ANYTHING = frozenset({"Any", "object"})


@dataclass(frozen=True, slots=True)
class Drift:
    """One handler that is not as the document has it: where (lines and columns from 1), and in what."""

    kind: Kind
    path: Path
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.kind}: {self.message}"


def drifts(expected: Sequence[Method], written: Sequence[HandlerClass], path: Path) -> tuple[Drift, ...]:
    """Return what differs, in the order of the files. ``path`` is where handlers are looked for."""
    found = [*_missing(expected, written, path)]
    wanted = {method.name: method for method in expected}
    for one in written:
        for module, function in one.methods:
            changes = list(_changes(function, wanted)) if not function.name.startswith("_") else []
            found += [Drift(kind, module.path, node.lineno, node.col_offset + 1, text) for kind, node, text in changes]
    return tuple(sorted(dict.fromkeys(found), key=lambda drift: (str(drift.path), drift.line, drift.column)))


def missing_methods(expected: Iterable[Method], written: Sequence[HandlerClass]) -> tuple[Method, ...]:
    """Return the methods that nobody has written."""
    known = {name for one in written for name in one.names}
    return tuple(method for method in expected if method.name not in known)


def class_for(method: Method, written: Sequence[HandlerClass]) -> HandlerClass | None:
    """Return the class that a method belongs to: that of its group, else that of all groups."""
    for base in (method.group, "Handlers"):
        for one in written:
            if base in one.bases:
                return one
    return None


def _missing(expected: Sequence[Method], written: Sequence[HandlerClass], path: Path) -> Iterator[Drift]:
    for method in missing_methods(expected, written):
        owner = class_for(method, written)
        where = owner.module.path if owner else path
        line, column = (owner.node.lineno, owner.node.col_offset + 1) if owner else (1, 1)
        text = f"{method.name} is not implemented ({method.summary}); `bothends scaffold` adds it"
        yield Drift("missing-handler", where, line, column, text)


def _changes(function: Function, wanted: dict[str, Method]) -> Iterator[tuple[Kind, ast.stmt | ast.arg, str]]:
    method = wanted.get(function.name)
    if method is None:
        if _was_handler(function):
            yield "obsolete-handler", function, f"{function.name} answers no operation of the document"
        return
    parameters = dict(method.parameters)
    arguments = function.args
    given = [*arguments.posonlyargs, *arguments.args][1:] + arguments.kwonlyargs
    optional = _with_default(arguments)
    for argument in given:
        if argument.arg not in parameters:
            if argument.arg not in optional:
                yield "changed-handler", argument, f"{function.name} is given no {argument.arg} any more"
        elif not _fits(argument.annotation, parameters[argument.arg]):
            text = f"{argument.arg} of {function.name} is {ast.unparse(parameters[argument.arg])} now"
            yield "changed-handler", argument, text
    names = {argument.arg for argument in given}
    for name, annotation in parameters.items() if arguments.kwarg is None else ():
        if name not in names:
            text = f"{function.name} does not take {name}: {ast.unparse(annotation)}"
            yield "changed-handler", function, text
    returned = _names(function.returns) if function.returns is not None else _ANYTHING
    if not returned & (_names(method.returns) | _ANYTHING):
        yield "changed-handler", function, f"{function.name} returns {ast.unparse(method.returns)} now"


def _was_handler(function: Function) -> bool:
    """Tell whether a method looks like one that an operation had: other methods are the team's own business."""
    arguments = function.args
    if function.decorator_list:
        return False
    keywords_alone = bool(arguments.kwonlyargs) and len(arguments.posonlyargs) + len(arguments.args) == 1
    return keywords_alone or bool(_CALL.search(ast.get_docstring(function) or ""))


def _with_default(arguments: ast.arguments) -> set[str]:
    positional = [*arguments.posonlyargs, *arguments.args]
    found = {one.arg for one in positional[len(positional) - len(arguments.defaults) :]}
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return found | {one.arg for one, default in pairs if default is not None}


def _fits(annotation: ast.expr | None, wanted: ast.expr) -> bool:
    """Tell whether an annotation says the same, however its names were imported."""
    if annotation is None or _names(annotation) & _ANYTHING:
        return True
    return _members(annotation) >= _members(wanted)


def _members(annotation: ast.expr) -> set[str]:
    """Return the members of a union, each spelt without the modules of its names."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return _members(ast.parse(annotation.value, mode="eval").body)
        except SyntaxError:
            return {annotation.value}
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        return _members(annotation.left) | _members(annotation.right)
    if isinstance(annotation, ast.Subscript):
        inner = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        head = _bare(annotation.value)
        if head == "Optional":
            return {*_members(inner[0]), "None"}
        if head == "Union":
            return {member for one in inner for member in _members(one)}
    return {_bare(annotation)}


def _bare(annotation: ast.expr) -> str:
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", ast.unparse(annotation))


def _names(annotation: ast.expr) -> set[str]:
    """Return the last parts of the names in an annotation; None counts as one."""
    return set(re.findall(r"[A-Za-z_]\w*", _bare(annotation)))
