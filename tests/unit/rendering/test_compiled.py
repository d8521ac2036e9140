"""Compiled templates: used where they fit, left alone where they do not, and never a reason to fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from bothends.rendering.compiled import Compiled


def printed(folder: Path) -> str:
    environment = Environment(loader=FileSystemLoader(folder), bytecode_cache=Compiled())
    return environment.get_template("it.txt.jinja").render()


def kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.pyc"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "it.txt.jinja").write_text("before")
    return tmp_path


def test_a_template_is_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed(folder) == "before"
    (found,) = kept(folder)
    monkeypatch.setattr(Environment, "compile", None)
    assert printed(folder) == "before"
    assert sorted(path.name for path in folder.rglob("*")) == ["__pycache__", found.name, "it.txt.jinja"]


def test_an_edited_template_is_compiled_anew(folder: Path) -> None:
    printed(folder)
    (folder / "it.txt.jinja").write_text("after")
    assert printed(folder) == "after"


@pytest.mark.parametrize("content", [b"", b"nothing", b"j2"])
def test_what_is_no_compiled_template_is_passed_over(folder: Path, content: bytes) -> None:
    printed(folder)
    (found,) = kept(folder)
    for end in (content, found.read_bytes()[:-10]):
        found.write_bytes(end)
        assert printed(folder) == "before"


def test_a_process_that_may_not_write_bytecode_writes_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert printed(folder) == "before"
    assert kept(folder) == []


def test_a_folder_that_cannot_be_written_only_costs_time(folder: Path) -> None:
    (folder / "__pycache__").write_text("in the way")
    assert printed(folder) == "before"
