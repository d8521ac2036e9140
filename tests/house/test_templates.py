"""Templates print what views hold, and do nothing else."""

from __future__ import annotations

import dataclasses
import types
import typing
from importlib import import_module
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from bothends.python.code import Code
from bothends.rendering import template_folder
from bothends.rendering.rules import broken_rules

FOLDER = template_folder()
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.jinja"))
LONGEST = 120
DEEPEST = 3
Scope = dict[str, object]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_keeps_to_the_rules(name: str) -> None:
    assert problems(text(name)) == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not Path(name).name.startswith("_")])
def test_a_template_uses_what_its_view_has(name: str) -> None:
    assert unknown(text(name), {}) == []


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{ name | upper }}", "Filter"),
        ("{{ name() }}", "Call"),
        ("{{ a ~ b }}", "Concat"),
        ("{{ a + b }}", "Add"),
        ("{% if a == b %}{% endif %}", "Compare"),
        ("{% set a = b %}", "Assign"),
        ("{% include name %}", "include of a computed name"),
        ('{{ "text" }}', "constant"),
        ("{{ name.text }}", "text belongs to no view"),
        ("{{ name.__class__ }}", "__class__ belongs to no view"),
        ('x = "{{ name }}"', "inside of a string"),
        ("x = 'it is # {{ name }}'", "inside of a string"),
        ('"""\nA "word".\n{% if name %}{{ name }}{% endif %}\n"""', "inside of a string"),
        ("x = 1  # {{ name }}", "inside of a comment"),
        ("{% for a in b %}" * 4 + "{% endfor %}" * 4, "4 levels deep"),
        ("\n" * 121, "121 lines"),
    ],
)
def test_the_rules_are_looked_at(template: str, problem: str) -> None:
    assert problem in " ".join(problems(template))


def test_what_is_printed_behind_a_string_or_a_comment_is_fine() -> None:
    source = '"""A "word", isn\'t it."""\nx = "a\\\\"  # it\'s\n{{ name }} = f(\'"\', {{ value }})\n'
    assert problems(source) == []


def test_a_mistyped_attribute_is_found() -> None:
    template = (
        "{# bothends.targets.schemas.views.ModuleView #}\n"
        "{% for definition in definitions %}{{ definition.record.nane }}{% endfor %}"
    )
    assert unknown(template, {}) == ["RecordView.nane"]


def problems(source: str) -> list[str]:
    """Return what a template does that it may not, and ours may not be large either."""
    found = [message for _, message in broken_rules(source)]
    if (depth := _depth(Environment(autoescape=False).parse(source))) > DEEPEST:
        found.append(f"{depth} levels deep")
    if (lines := source.count("\n")) > LONGEST:
        found.append(f"{lines} lines")
    return found


def unknown(source: str, scope: Scope) -> list[str]:
    """Return the attributes that a template uses and its views do not have; ``scope`` holds variables of loops."""
    tree = Environment(autoescape=False).parse(source)
    first = source.partition("\n")[0]
    if first.startswith("{#") and not scope:
        scope = _fields(_view(first.strip("{#} ").split()[0]))
    return _walk(tree, scope)


def _walk(node: nodes.Node, scope: Scope) -> list[str]:
    found: list[str] = []
    if isinstance(node, nodes.For):
        found += _walk(node.iter, scope)
        assert isinstance(node.target, nodes.Name)
        inner = {**scope, node.target.name: _item(_type_of(node.iter, scope, found))}
        for child in node.body:
            found += _walk(child, inner)
        return found
    if isinstance(node, nodes.Include):
        assert isinstance(node.template, nodes.Const)
        return unknown(text(node.template.value), scope)
    if isinstance(node, nodes.Name | nodes.Getattr):
        _type_of(node, scope, found)
        return found
    for child in node.iter_child_nodes():
        found += _walk(child, scope)
    return found


def _type_of(node: nodes.Node, scope: Scope, found: list[str]) -> object:
    """Return the type of an expression; add to ``found`` what does not exist."""
    if isinstance(node, nodes.Name):
        if node.name not in scope:
            found.append(node.name)
        return scope.get(node.name)
    assert isinstance(node, nodes.Getattr)
    owner = _without_none(_type_of(node.node, scope, found))
    if owner is None:
        return None
    fields = _fields(owner) if dataclasses.is_dataclass(owner) else {}
    if node.attr not in fields:
        found.append(f"{getattr(owner, '__name__', owner)}.{node.attr}")
    return fields.get(node.attr)


def _fields(view: object) -> Scope:
    assert isinstance(view, type)
    return dict(typing.get_type_hints(view))


def _view(dotted: str) -> object:
    module, _, name = dotted.rpartition(".")
    view = getattr(import_module(module), name)
    assert dataclasses.is_dataclass(view)
    return view


def _item(kind: object) -> object:
    if kind is None:
        return None
    assert typing.get_origin(kind) is tuple, kind
    return typing.get_args(kind)[0]


def _without_none(kind: object) -> object:
    if isinstance(kind, types.UnionType):
        (kind,) = [each for each in typing.get_args(kind) if each is not type(None)]
    return None if kind is Code else kind


def _depth(node: nodes.Node) -> int:
    inner = max(map(_depth, node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For | nodes.If)


def text(name: str) -> str:
    """Return the source of a template."""
    return (FOLDER / name).read_text(encoding="utf-8")
