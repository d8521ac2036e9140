"""A valid document loses no operation, and one that is dropped leaves nothing behind that refers to it."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.output.write import write_plan
from bothends.pipeline import Session
from support.documents import SPECS, load

TESTS = Path(__file__).parents[2]
GOLDEN = sorted((TESTS / "golden").glob("*/openapi.yaml"))
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def operations_in(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for path, item in document.get("paths", {}).items():
        for method in item:
            if method in METHODS:
                yield method, path
        for method in item.get("additionalOperations", {}):
            yield method, path


def dropped(report: Report) -> list[str]:
    return [one.location.pointer for one in report if one.code == "dropped-operation" and one.location]


@pytest.mark.parametrize("spec", [*SPECS, *GOLDEN], ids=lambda spec: spec.parent.name)
def test_no_operation_is_lost(spec: Path) -> None:
    report = Report()
    session = Session(TargetConfig(str(spec), Path("nowhere"), "nowhere"), report)
    assert session.operations == len(list(operations_in(load(spec))))
    assert dropped(report) == []


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.parent.name)
def test_what_is_dropped_leaves_nothing_that_refers_to_it(spec: Path, tmp_path: Path) -> None:
    document = load(spec)
    every = list(operations_in(document))
    broken = every[1::2] or every
    for method, path in broken:
        document["paths"][path][method] = "not yet"
    (tmp_path / "api.json").write_text(json.dumps(document))
    report = Report()
    session = Session(TargetConfig(str(tmp_path / "api.json"), tmp_path / "package", "package"), report)
    write_plan(session.plan())
    assert len(dropped(report)) == len(broken)
    assert session.operations == len(every) - len(broken)
    assert list(dangling(tmp_path / "package")) == []
    import_everything(tmp_path)


def dangling(package: Path) -> Iterator[str]:
    """Find imports, also those for type checkers only, of modules or names that are not there."""
    for path in package.rglob("*.py"):
        if "_runtime" in path.relative_to(package).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                folder = path.parents[node.level - 1]
                yield from missing(folder.joinpath(*(node.module or "").split(".")), node, path)


def missing(target: Path, node: ast.ImportFrom, path: Path) -> Iterator[str]:
    module = next((one for one in (target.with_suffix(".py"), target / "__init__.py") if one.is_file()), None)
    if module is None:
        yield f"{path}: {node.module}"
        return
    names = set(defined(ast.parse(module.read_text(encoding="utf-8"))))
    for alias in node.names:
        beside = module.parent / alias.name
        is_module = beside.with_suffix(".py").is_file() or beside.is_dir()
        if alias.name not in names and not (module.name == "__init__.py" and is_module):
            yield f"{path}: {node.module}.{alias.name}"


def defined(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name
        elif isinstance(node, ast.TypeAlias) if sys.version_info >= (3, 12) else False:
            yield node.name.id


def import_everything(folder: Path) -> None:
    program = (
        "import importlib, pkgutil, package\n"
        "for found in pkgutil.walk_packages(package.__path__, 'package.'):\n"
        "    module = importlib.import_module(found.name)\n"
        "    if '_runtime' not in found.name:\n"
        "        [getattr(module, name) for name in getattr(module, '__all__', ())]\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
