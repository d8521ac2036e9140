"""Methods are added; what people wrote stays as it is, octet for octet."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from bothends.scaffolding.drift import class_for, drifts, missing_methods
from bothends.scaffolding.expected import Method, expected_methods
from bothends.scaffolding.insert import NoPlaceError, methods_text, with_methods
from bothends.scaffolding.written import handler_classes

Write = Callable[[str], Path]

START = "from app.api import schemas,server\n\nclass  Mine( server.Handlers ):\n"


def completed(package: Path, path: Path) -> str:
    """Return the module once everything that is missing was added to its class."""
    expected, written = expected_methods(package), handler_classes(path)
    missing = missing_methods(expected, written)
    owner = class_for(missing[0], written)
    assert owner is not None
    return with_methods(owner, missing)


def is_only_added_to(before: str, after: str) -> bool:
    """Tell whether the lines of ``before`` are all there, in order."""
    lines = iter(after.splitlines(keepends=True))
    return all(line in lines for line in before.splitlines(keepends=True))


WRITTEN = {
    "docstring": '    """Mine."""\n',
    "a method": "    def helper(self):return  1   # odd\n",
    "last line without an end": "    x  =  1",
    "comments at the end": "    x = 1\n    # to be done\n\n# of the module\nY=2\n",
    "several lines": "    def helper(self):\n        return (1,\n   2)\n\n\nclass Other: pass\n",
    "a text over lines": '    TEXT = """a\nclass Fake:\n"""\n\ndef f(): ...\n',
    "form feed": "    x = 1\n\x0c\ny = 2\n",
}


@pytest.mark.parametrize("body", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_methods_and_imports_are_added(package: Path, write: Write, body: str, end: str) -> None:
    before = (START + body).replace("\n", end)
    after = completed(package, write(before))
    last = before if before.endswith(end) else before + end
    assert is_only_added_to(last, after)
    assert end == "\n" or "\n" not in after.replace("\r\n", "")
    path = write(after)
    assert not missing_methods(expected_methods(package), handler_classes(path))
    assert not drifts(expected_methods(package), handler_classes(path), path)


def test_indentation_is_that_of_the_class(package: Path, write: Write) -> None:
    after = completed(package, write(START + "\tx = 1\n"))
    assert "\n\tasync def follow(self) -> Stream[str]:\n\t\t" in after
    ast.parse(after)


def test_names_that_annotations_need_are_imported_once(package: Path, write: Write) -> None:
    after = completed(package, write("from uuid import UUID\n" + START + "    x = 1\n"))
    assert after.count("import UUID") == 1
    assert after.count("from app.api.server import Stream") == 1
    assert after.count("schemas,server") == 1
    assert "app.api import schemas\n" not in after


def test_a_class_on_one_line_is_left_alone(package: Path, write: Write) -> None:
    with pytest.raises(NoPlaceError):
        completed(package, write("from app.api import server\nclass Mine(server.Handlers): pass\n"))


def test_methods_go_to_the_class_of_their_group(package: Path, write: Write) -> None:
    path = write(
        "from app.api.server import EventsHandlers, Handlers\n\nclass A(EventsHandlers):\n    x = 1\n\n"
        "class B(Handlers):\n    y = 1\n"
    )
    written = handler_classes(path)
    owners = {method.name: class_for(method, written) for method in expected_methods(package)}
    names = {name: owner.node.name for name, owner in owners.items() if owner}
    assert names == {"follow": "A", "add_pet": "B", "get_pet": "B"}


def test_mixins_of_the_same_folder_count(package: Path, write: Write) -> None:
    path = write(
        "class Pets:\n    def add_pet(self, *, body): ...\nclass Mine(Pets, server.Handlers):\n    get_pet = f\n"
    )
    missing = missing_methods(expected_methods(package), handler_classes(path))
    assert [method.name for method in missing] == ["follow"]


def test_what_cannot_be_seen_is_escaped() -> None:
    method = Method("do_it", "Handlers", (), ast.Constant(None), 'Say "\\" \u202e"', {})
    text = methods_text([method])
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.AsyncFunctionDef)
    assert ast.get_docstring(function) == method.summary
    assert text.isascii()
