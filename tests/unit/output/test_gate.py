"""Nothing is published that would not import; what looks wrong and is not passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bothends.output.gate import GateError, check_package

PACKAGE = {
    "__init__.py": "from . import schemas\n\n__all__ = ['schemas']\n",
    "schemas/__init__.py": (
        "from typing import TYPE_CHECKING\n\n"
        "from .._runtime.lazy import lazy_attributes\n\n"
        "if TYPE_CHECKING:\n    from .pet import Pet\n\n"
        '__all__ = ["Pet"]\n\n'
        "__getattr__, __dir__ = lazy_attributes(\n    __name__,\n    {\n"
        '        "Pet": ".pet",\n    },\n)\n'
    ),
    "schemas/pet.py": "class Pet:\n    name: str\n",
    "_runtime/__init__.py": "",
    "_runtime/lazy.py": "def lazy_attributes(*given: object) -> object:\n    return given\n",
    "client.py": "from . import schemas\n\n\ndef get() -> schemas.Pet:\n    return schemas.Pet()\n",
}


def check(folder: Path, edits: dict[str, str] | None = None) -> None:
    modules = PACKAGE | (edits or {})
    for path, text in modules.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    check_package(folder, modules, [*PACKAGE, *(path for path in modules if path not in PACKAGE)])


def test_a_package_that_holds_together_passes(tmp_path: Path) -> None:
    check(tmp_path)


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ({"client.py": "def f(:\n"}, "client.py does not compile"),
        ({"client.py": "x = '\\d'\n"}, "client.py does not compile"),
        ({"client.py": "x = " + "(" * 300 + ")" * 300}, "client.py does not compile"),
        ({"client.py": "def f() -> Pet: ...\n"}, "Undefined name `Pet`"),
        ({"client.py": "def f(pet: 'Pet') -> None: ...\n"}, "Undefined name `Pet`"),
        ({"client.py": "__all__ = ['Pet']\n"}, "Undefined name `Pet` in `__all__`"),
        ({"client.py": "from .schemas import Dog\n"}, "client.py: Dog cannot be imported from .schemas"),
        ({"client.py": "from .missing import x\n"}, "client.py: x cannot be imported from .missing"),
        ({"client.py": "from . import missing\n"}, "client.py: missing cannot be imported from ."),
        (
            {"client.py": "def f():\n    from .schemas.pet import (\n        Pet,\n        Dog,\n    )\n"},
            "Dog cannot be",
        ),
        ({"client.py": "from . import schemas\n\nx: schemas.Dog\n"}, "client.py: schemas has no Dog"),
        ({"client.py": "from .schemas import pet as _pet\n\nx = _pet.Dog\n"}, "client.py: _pet has no Dog"),
        ({"schemas/pet.py": "class Dog: ...\n"}, "Pet cannot be imported from .pet"),
    ],
)
def test_what_would_not_import_is_refused(edits: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(GateError, match=message.replace("(", r"\(")):
        check(tmp_path, edits)


def test_a_lazily_loaded_name_has_to_be_where_the_table_says(tmp_path: Path) -> None:
    table = PACKAGE["schemas/__init__.py"].replace('"Pet": ".pet",', '"Pet": ".pets",')
    with pytest.raises(GateError, match=r"schemas/__init__.py: Pet is not in \.pets"):
        check(tmp_path, {"schemas/__init__.py": table})


@pytest.mark.parametrize(
    "text",
    [
        '"""Prose:\nfrom .missing import x\n"""\n',
        'from . import schemas\n\n"""Say schemas.Dog in prose."""\nx: schemas.Pet\n',
        "from .schemas.pet import (  # the one\n    Pet as Animal,  # and no other\n)\n\nx: Animal\n",
    ],
)
def test_prose_accuses_nobody(text: str, tmp_path: Path) -> None:
    check(tmp_path, {"client.py": text})


def test_every_problem_is_counted_and_some_are_shown(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="and 4 more"):
        check(tmp_path, {"client.py": "".join(f"x{n} = y{n}\n" for n in range(9))})
