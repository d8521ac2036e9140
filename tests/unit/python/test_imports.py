"""Imports: sorted as ruff sorts them, clashes settled by an alias."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bothends.python.imports import Imports


def test_sections_modules_and_names_are_sorted() -> None:
    imports = Imports()
    imports.name("..schemas", "Pet")
    imports.name("pydantic", "Field")
    imports.name("typing", "Any")
    imports.name("typing", "TYPE_CHECKING")
    imports.name("typing", "Annotated")
    imports.module("datetime")
    imports.name(".pets", "list_pets")
    imports.name(".pets", "Pets")
    imports.name(".v10", "Ten")
    imports.name(".v9", "Nine")
    assert imports.write().text.split("\n") == [
        "from __future__ import annotations",
        "",
        "import datetime",
        "from typing import TYPE_CHECKING, Annotated, Any",
        "",
        "from pydantic import Field",
        "",
        "from ..schemas import Pet",
        "from .pets import Pets, list_pets",
        "from .v9 import Nine",
        "from .v10 import Ten",
    ]


def test_a_name_that_the_module_needs_itself_is_imported_under_another() -> None:
    imports = Imports(taken=["Field"])
    assert imports.name("pydantic", "Field").text == "_Field"
    assert imports.own(".field", "Field").text == "Field"
    assert "from pydantic import Field as _Field" in imports.write().text


def test_two_things_of_one_name_do_not_meet() -> None:
    imports = Imports()
    assert imports.name("uuid", "UUID").text == "UUID"
    assert imports.name(".._runtime.types", "UUID").text == "_UUID"
    assert imports.name("uuid", "UUID").text == "UUID"


def test_deferred_imports_stand_apart() -> None:
    imports = Imports()
    assert imports.deferred(".pet", "Pet").text == "Pet"
    assert imports.type_checking is not None
    assert [line.text for line in imports.write_deferred()] == ["from .pet import Pet"]
    assert "Pet" not in imports.write().text


def test_ruff_finds_nothing_to_sort(tmp_path: Path) -> None:
    imports = Imports(taken=["Field"])
    for module in ("typing", "pydantic", ".._runtime.types", ".._runtime.model", "..schemas", ".a10", ".a9", ".B"):
        for name in ("URL", "Url", "url", "Field", "field_10", "field_9", "A1", "A10", "A9", "_checks", "É", "x"):
            imports.name(module, name)
    imports.own(".._runtime", "checks", "_checks")
    imports.module("uuid")
    imports.module("ast")
    path = tmp_path / "module.py"
    path.write_text(imports.write().text + "\n", encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    subprocess.run([*ruff, "format", "--isolated", "-q", str(path)], check=True)
    done = subprocess.run(
        [*ruff, "check", "--isolated", "--select", "I", "--no-cache", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
