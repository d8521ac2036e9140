"""The judge of growth sees what was replaced, whatever the lines look like."""

from __future__ import annotations

import pytest

from support.additions import replaced


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from a import b", "from a import (\n    a,\n    b,\n)"),
        ("x: int", "y: str\nx: int | None"),
        ("A = B | C", "A = (\n    B\n    | D\n    | C\n)"),
        ("def f(a): pass", "def f(a, *, b=1): pass\ndef g(): pass"),
        ("class A:\n  x: int", "class A:\n  w: int\n  x: int"),
        ("A = {'x': 1}", "A = {'w': 0, 'x': 1}"),
        ('"""Text.\n\n- one\n"""', '"""Text.\n\n- none\n- one\n"""'),
    ],
)
def test_additions_replace_nothing(old: str, new: str) -> None:
    assert replaced(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("from a import b", "from a import c", "from a import b"),
        ("x: int", "x: str", "x: int"),
        ("A = B | C", "A = B | D", "A = B | C"),
        ("def f(a, b): pass", "def f(b, a): pass", "def f(a, b):\n    pass"),
        ("class A:\n  x: int", "class A:\n  y: int", "A: x: int"),
        ("class A(B): pass", "class A(C): pass", "class A"),
        ("A = {'x': 1}", "A = {'x': 2}", "A = {'x': 1}"),
        ("def f() -> A: pass", "def f() -> B: pass", "def f() -> A:\n    pass"),
        ('x = 1\n"""Text."""', 'x = 1\n"""Other."""', "'Text.'"),
        ("a()\nb()", "b()", "a()"),
    ],
)
def test_what_is_replaced_is_told(old: str, new: str, gone: str) -> None:
    assert replaced(old, new) == [gone]
