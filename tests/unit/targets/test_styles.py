"""Schemas as dataclasses, TypedDict and structs of msgspec."""

from __future__ import annotations

import dataclasses
import importlib
import json
import re
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typing_extensions

from bothends.cli.main import run
from bothends.targets.styles.shape import check_shape
from support.documents import SPECS
from support.packages import make_package

HARBOUR = next(path for path in SPECS if path.parent.name == "harbour")
STYLES = ("dataclass", "typeddict", "msgspec")


def _generate(folder: Path, style: str, name: str) -> Any:
    package = make_package(HARBOUR, folder, name, parts=("schemas",), schemas_style=style)
    return package.folder


@pytest.mark.parametrize("style", STYLES)
def test_names_are_ours(style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    folder = _generate(tmp_path, style, f"harbour_{style}")
    usual = make_package(HARBOUR, tmp_path, f"harbour_usual_{style}", parts=("schemas",))
    written = importlib.import_module(f"{folder.name}.schemas")
    assert sorted(written.__all__) == sorted(importlib.import_module(f"{usual.name}.schemas").__all__)
    classes = set(re.findall(r"^class (\w+)|^(\w+) = TypedDict", (folder / "schemas.py").read_text(), re.MULTILINE))
    assert {one or other for one, other in classes} <= set(written.__all__)
    for name in written.__all__:
        if isinstance(getattr(written, name), type):
            typing.get_type_hints(getattr(written, name))


@pytest.mark.parametrize("style", STYLES)
def test_output_is_the_same_every_time(style: str, tmp_path: Path) -> None:
    first, second = (_generate(tmp_path / part, style, "harbour") for part in ("one", "two"))
    assert (first / "schemas.py").read_bytes() == (second / "schemas.py").read_bytes()
    assert {path.name for path in first.iterdir()} == {"__init__.py", "schemas.py", "py.typed", ".bothends.json"}


def test_what_the_classes_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    boats = {style: _generate(tmp_path, style, f"fleet_{style}").name for style in STYLES}
    modules = {style: importlib.import_module(f"{name}.schemas") for style, name in boats.items()}
    assert dataclasses.is_dataclass(modules["dataclass"].BerthFreed)
    assert typing_extensions.is_typeddict(modules["typeddict"].BerthFreed)
    freed = {"type": "berth.freed", "at": "2024-05-01T12:30:00Z", "number": "A1"}
    read = msgspec.json.decode(json.dumps(freed), type=modules["msgspec"].MarinaEvent)
    assert isinstance(read, modules["msgspec"].BerthFreed)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps({**freed, "number": 3}), type=modules["msgspec"].MarinaEvent)


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_type_checkers_accept_it(style: str, tmp_path: Path) -> None:
    folder = _generate(tmp_path, style, "harbour")
    for command in (
        ["mypy", "--strict", "--no-incremental", str(folder)],
        ["ruff", "check", "--isolated", str(folder)],
    ):
        done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_other_parts_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["generate", str(HARBOUR), "-o", str(tmp_path / "harbour"), "--schemas-style", "msgspec"]
    assert run([*arguments, "--parts", "schemas,client"]) == 2
    assert "client and server need schemas in the style of pydantic" in capsys.readouterr().err
    text = f'[[targets]]\nspec = {str(HARBOUR)!r}\noutput = "o"\nschemas_style = "typeddict"\nparts = ["server"]\n'
    (tmp_path / "bothends.toml").write_text(text)
    assert run(["generate", "--config", str(tmp_path / "bothends.toml")]) == 2
    assert "bothends.toml:5:9: error[invalid-configuration]" in capsys.readouterr().err
    assert run(arguments) == 0


def test_the_extra_is_named_where_it_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datamodel_code_generator", None)
    assert run(["generate", str(HARBOUR), "-o", str(tmp_path / "harbour"), "--schemas-style", "msgspec"]) == 2
    assert "pip install 'bothends[styles]'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "code",
    ["print(1)", "import os", "from os import path", "def f(): ...", "x = open('a')", "x: int = y.z()", "if x: pass"],
)
def test_code_that_does_more_than_declare_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="does more"):
        check_shape(code, set())
