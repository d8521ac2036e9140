"""Rules of the house that a reader would otherwise have to remember."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bothends.diagnostics.codes import CODES

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50


def test_the_layer_contract_holds() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_modules_and_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_modules_say_what_they_hold(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_the_runtime_imports_nothing_of_the_generator() -> None:
    for path in (ROOT / "src/bothends/runtime").rglob("*.py"):
        depth = len(path.relative_to(ROOT / "src/bothends/runtime").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not any(alias.name.split(".")[0] == "bothends" for alias in node.names), path
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] != "bothends" or node.level, path
                assert node.level <= depth, f"{path} reaches above the runtime"


def test_every_diagnostic_code_is_documented() -> None:
    documented = set(re.findall(r"^### `([a-z-]+)`$", (ROOT / "docs/diagnostics.md").read_text("utf-8"), re.M))
    assert documented == set(CODES)


def test_every_diagnostic_code_is_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "codes.py")
    assert [code for code in CODES if f'"{code}"' not in text] == []


def test_names_in_the_examples_carry_no_running_number() -> None:
    numbered = re.compile(r"^(?P<stem>.*[A-Za-z_])_?(?P<number>\d+)$")
    found = []
    for path in (ROOT / "generated-examples").rglob("*.py"):
        if "_runtime" in path.parts:
            continue
        names = {
            node.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        }
        found += [name for name in names if (match := numbered.match(name)) and match["stem"] in names]
    assert found == []


def test_a_package_of_the_runtime_is_imported_as_a_whole() -> None:
    """Two threads that begin with different modules of it would each see the other's half done (deadlock avoidance)."""
    runtime = ROOT / "src/bothends/runtime"
    wholes = {path.parent for path in runtime.rglob("__init__.py") if "import" in path.read_text(encoding="utf-8")}
    assert runtime / "checks" in wholes
    for path in runtime.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level and node.module:
                target = path.parents[node.level - 1].joinpath(*node.module.split("."))
                for whole in wholes - {runtime, target}:
                    assert whole not in target.parents or path.is_relative_to(whole), f"{path}: {node.module}"
