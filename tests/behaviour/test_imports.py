"""What importing a generated package costs, and that it does so without a warning."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.documents import SPECS
from support.packages import Package

DOCUMENTS = [spec.parent.name for spec in SPECS]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_package_loads_what_is_used(document: str, packages: dict[str, Package]) -> None:
    """In the order of the program: the package, a client, one group of operations, and then everything."""
    package = packages[document]
    names = package.understood.names
    group = sorted(group.module for group in names.groups.values())[0]
    program = f"""
import importlib, json, pkgutil, sys
def loaded():
    return sorted(sys.modules)
import {package.name} as package
steps = [loaded()]
client = package.Client(base_url="http://server.invalid")
steps.append(loaded())
client.{group}
steps.append(loaded())
assert package.__all__ and all(hasattr(package, name) for name in package.__all__)
for module in pkgutil.walk_packages(package.__path__, "{package.name}."):
    importlib.import_module(module.name)
for name in package.schemas.__all__:
    getattr(package.schemas, name)
package.server.create_app()
client.close()
steps.append(loaded())
print(json.dumps(steps))
"""
    done = run(program, package.folder.parent)
    package_only, with_client, with_group, everything = (set(step) for step in json.loads(done))
    heavy = {"fastapi", "starlette", "pydantic", "httpx2", "uvicorn"}
    assert package_only & heavy == set()
    assert with_client & {"fastapi", "starlette", "uvicorn"} == set()
    assert with_group & {"fastapi", "starlette", "uvicorn"} == set()
    for step in (package_only, with_client, with_group):
        assert {name for name in step if name.startswith(f"{package.name}.schemas.")} == set()
    assert "bothends" not in everything
    inside = {path.relative_to(package.folder.parent) for path in package.folder.rglob("*.py")}
    modules = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in inside}
    assert modules <= everything


def run(program: str, folder: Path) -> str:
    """Run a program in a process of its own, where every warning is an error."""
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
