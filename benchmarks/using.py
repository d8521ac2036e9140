"""What generated packages cost whoever uses them, and what the command line costs where there is little to do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from documents import ARCHITECT, write_configuration, write_synthetic
from generation import generate
from measure import Command, compare, new, python, remove_past


def measure(document: Path, work: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Return the CPU seconds of imports and first uses, of ``--help``, and of runs that have nothing to do."""
    folder = work / "using"
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / "package"
    generate(document, output)
    put = f"import sys; sys.path.insert(0, {str(folder)!r});"
    bothends = [sys.executable, "-m", "bothends"]
    commands = [
        Command("python", python("pass")),
        Command("import httpx2, pydantic", python("import httpx2, pydantic")),
        Command("import package", python(f"{put} import httpx2, pydantic, package")),
        Command("package.Client", python(f"{put} import httpx2, pydantic, package; package.Client")),
        Command("first model", python(f"{put} import package; {_first_model()}")),
        *_first_calls(folder),
        Command("bothends --help", [*bothends, "--help"]),
        Command("no-op generate", [*bothends, "generate", str(document), "-o", str(output)]),
        Command("no-op check", [*bothends, "check", str(document), "-o", str(output)]),
        Command("validate a small document", [*bothends, "validate", str(ARCHITECT)]),
    ]
    costs = compare(commands, rounds)
    return {
        name: {"cpu": round(cost.cpu, 4), "peak": round(cost.peak, 1), "code": cost.code}
        for name, cost in costs.items()
    }


def _first_calls(folder: Path) -> Iterator[Command]:
    """Yield the first call of an operation, and of three, where there are such that need no argument."""
    find = [sys.executable, str(Path(__file__).with_name("first_calls.py")), str(folder)]
    calls = subprocess.run(find, check=True, capture_output=True, text=True).stdout.split()
    if calls:
        yield Command("first call", [*find, calls[0]])
        yield Command("first calls of three operations", [*find, *calls])


def _first_model() -> str:
    return (
        "names = sorted(package.schemas.__all__);"
        "models = (getattr(package.schemas, name) for name in names);"
        "model = next(model for model in models if hasattr(model, 'model_rebuild'));"
        "model.model_rebuild()"
    )


def scaling(sizes: list[int], work: Path, rounds: int) -> dict[int, dict[str, Any]]:
    """Return what documents of so many operations cost, and what one operation does."""
    work.mkdir(parents=True, exist_ok=True)
    found: dict[int, dict[str, Any]] = {}
    for size in sizes:
        document, output = write_synthetic(size, work), work / f"things_{size}"
        command = Command(
            "generate",
            [
                sys.executable,
                "-m",
                "bothends",
                "generate",
                "--config",
                str(write_configuration(document, output)),
                "-q",
            ],
            before=new(output),
        )
        cost = compare([command], rounds)["generate"]
        found[size] = {
            "cpu": round(cost.cpu, 2),
            "peak": round(cost.peak),
            "ms_per_operation": round(cost.cpu / size * 1000, 2),
            "code": cost.code,
        }
    remove_past(work)
    return found
