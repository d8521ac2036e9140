"""What is said of handlers that are not as the document has them, and where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bothends.scaffolding.drift import drifts
from bothends.scaffolding.expected import expected_methods
from bothends.scaffolding.written import UnreadableError, handler_classes

Write = Callable[[str], Path]

START = "class Mine(server.Handlers):\n    def follow(self): ...\n    def add_pet(self, *, body): ...\n"
GET = "    def get_pet(self, *, pet_id: UUID, deep: bool | None): ...\n"


def said(package: Path, path: Path) -> list[str]:
    """Return what is said, without the folder."""
    found = drifts(expected_methods(package), handler_classes(path), path)
    return [str(drift).removeprefix(f"{path}:") for drift in found]


FINE = {
    "as generated": GET,
    "no annotations": "    async def get_pet(self, *, pet_id, deep): ...\n",
    "other spellings": "    def get_pet(self, *, pet_id: uuid.UUID, deep: Optional[bool]) -> 'Pet | None': ...\n",
    "wider": "    def get_pet(self, *, pet_id: UUID | str, deep: object) -> Any: ...\n",
    "by keyword": "    def get_pet(self, **given): ...\n",
    "one more with a default": "    def get_pet(self, *, pet_id, deep, own: int = 1): ...\n",
    "reply": "    def get_pet(self, *, pet_id, deep) -> server.Reply[schemas.Pet]: ...\n",
    "own methods": GET
    + "    def close(self): ...\n    @property\n    def own(self, *, x): ...\n    def _x(self, *, y): ...\n",
}


@pytest.mark.parametrize("methods", FINE.values(), ids=FINE)
def test_nothing_is_said_of_what_works(package: Path, write: Write, methods: str) -> None:
    assert said(package, write(START + methods)) == []


def test_missing_ones_are_shown_at_the_class(package: Path, write: Write) -> None:
    (text,) = said(package, write("# x\n" + START))
    assert text.startswith("2:1: missing-handler: get_pet is not implemented (Get a pet)")


def test_obsolete_ones_are_shown_where_they_stand(package: Path, write: Write) -> None:
    found = said(
        package,
        write(
            START + GET + '    def a(self, *, x): ...\n    def b(self):\n        """B\n\n        GET /b\n        """\n'
        ),
    )
    assert found == [
        "5:5: obsolete-handler: a answers no operation of the document",
        "6:5: obsolete-handler: b answers no operation of the document",
    ]


CHANGED = {
    "a parameter is gone": ("pet_id, deep, gone", "4:40: changed-handler: get_pet is given no gone any more"),
    "a parameter is new": ("pet_id", "4:5: changed-handler: get_pet does not take deep: bool | None"),
    "another type": ("pet_id: str, deep", "4:26: changed-handler: pet_id of get_pet is UUID now"),
    "null is new": ("pet_id, deep: bool", "4:34: changed-handler: deep of get_pet is bool | None now"),
}


@pytest.mark.parametrize(("parameters", "text"), CHANGED.values(), ids=CHANGED)
def test_changed_parameters_are_shown_where_they_stand(package: Path, write: Write, parameters: str, text: str) -> None:
    assert said(package, write(f"{START}    def get_pet(self, *, {parameters}): ...\n")) == [text]


def test_another_answer_is_shown(package: Path, write: Write) -> None:
    methods = "    def get_pet(self, *, pet_id, deep) -> schemas.Dog: ...\n"
    assert said(package, write(START + methods)) == ["4:5: changed-handler: get_pet returns schemas.Pet | None now"]


def test_what_is_not_python_is_said_to_be(write: Write) -> None:
    with pytest.raises(UnreadableError) as caught:
        handler_classes(write("x = 1\nclass (\n"))
    assert caught.value.line == 2
