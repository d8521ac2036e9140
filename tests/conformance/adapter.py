"""Answers for the JSON Schema Test Suite by generated schemas, for the conformance harness.

Run it with the harness: ``python run.py .../tests/conformance/adapter.py --python .../.venv/bin/python``. A document
is turned into a package by the command line, as anybody would; an instance is accepted if the package's own decoder
reads it.

The variant ``strict`` reads schemas without ``type`` as JSON Schema has it; ``annotated`` does so too, and takes
formats for annotations; ``assumed`` reads as the authors of OpenAPI documents mean it, as generation does by default.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from adapter_api import GenerationFailed, ImportFailed, run_tool, to_json, write_document

VARIANTS = ("strict", "annotated", "assumed")

_PACKAGE = "generated_for_conformance"
_TYPELESS = {"strict": "any", "annotated": "any", "assumed": "object"}
_FORMATS = {"strict": "assert", "annotated": "annotate", "assumed": "assert"}
_CONFIGURATION = """\
[[targets]]
spec = "openapi.json"
output = "{package}"
parts = ["schemas"]
typeless = "{typeless}"
formats = "{formats}"
"""


def TOOL() -> str:
    return f"bothends {version('bothends')}, pydantic {version('pydantic')}"


def build(
    schemas: Mapping[str, Any],
    openapi_version: str,
    workdir: Path,
    *,
    names: list[str],
    variant: str,
    **_: Any,
) -> dict[str, Callable[[Any], bool] | Exception]:
    """Generate a package from the schemas, and return what it says to instances of each."""
    write_document(schemas, openapi_version, workdir / "openapi.json")
    configuration = _CONFIGURATION.format(package=_PACKAGE, typeless=_TYPELESS[variant], formats=_FORMATS[variant])
    (workdir / "bothends.toml").write_text(configuration, encoding="utf-8")
    run_tool([sys.executable, "-m", "bothends", "generate", "-q"], cwd=workdir)
    sys.path.insert(0, str(workdir))
    python_names = json.loads((workdir / _PACKAGE / ".bothends.json").read_text(encoding="utf-8"))["names"]["types"]
    return {name: _check(python_names.get(name)) for name in names}


def _check(locked: str | None) -> Callable[[Any], bool] | Exception:
    if locked is None:
        return GenerationFailed("no type for this schema")
    name = locked.split()[0]
    try:
        package = importlib.import_module(_PACKAGE)
        type_ = getattr(package.schemas, name)
        adapters = importlib.import_module(f"{_PACKAGE}._runtime.adapters")
        adapters.adapter(type_)
    except Exception as error:
        return ImportFailed(f"{type(error).__name__}: {error}")
    from pydantic import ValidationError

    def accepts(instance: Any) -> bool:
        try:
            adapters.decode(type_, to_json(instance))
        except ValidationError:
            return False
        return True

    return accepts
