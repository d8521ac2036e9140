"""What templates may do: print what views hold, loop, ask whether something is there, and include each other.

A template that keeps to this cannot put anything into a file that is not Python already: what it prints is
:class:`~bothends.python.code.Code`, which was made by the writers for its context, and where it prints is no string
and no comment of its own, in which that would mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jinja2 import Environment, nodes

_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.Include,
    nodes.Const,
)
_MARK: Final = re.compile(r'\\.|"""|\'\'\'|"|\'|\#|\n', re.DOTALL)


def broken_rules(source: str) -> list[tuple[int, str]]:
    """Return what a template does that it may not: the line, and what it is.

    Raises jinja2.TemplateSyntaxError for a text that is no template.
    """
    tree = Environment(autoescape=False).parse(source)  # noqa: S701 - nothing is rendered
    return sorted([*_statements(tree), *_quoted(tree)])


def _statements(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            yield node.lineno or 1, f"{type(node).__name__} is not allowed"
    for include in tree.find_all(nodes.Include):
        if not isinstance(include.template, nodes.Const):
            yield include.lineno, "include of a computed name"
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr.startswith("_") or attribute.attr == "text":
            yield attribute.lineno, f"{attribute.attr} belongs to no view"
    for output in tree.find_all(nodes.Output):
        yield from ((node.lineno, "prints a constant") for node in output.nodes if isinstance(node, nodes.Const))


def _quoted(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield what is printed where the text before it has opened a string or a comment."""
    state = ""
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                state = _after(node.data, state)
            elif state:
                yield node.lineno, "prints inside of a comment" if state == "#" else "prints inside of a string"


def _after(text: str, state: str) -> str:
    """Return which quote or comment is open behind a text, given what was open before it."""
    for match in _MARK.finditer(text):
        mark = match.group()
        if state == "":
            state = "" if mark == "\n" or mark.startswith("\\") else mark
        elif mark == state or (mark == "\n" and len(state) == 1):
            state = ""
    return state
