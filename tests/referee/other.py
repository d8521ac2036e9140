"""The models of datamodel-code-generator for a document, as what reads JSON text as a component."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datamodel_code_generator import InputFileType, PythonVersion, generate
from datamodel_code_generator.enums import DataModelType
from pydantic import TypeAdapter


def other_decoder(document: dict[str, Any], folder: Path) -> Callable[[str], Callable[[str], Any] | None]:
    """Return what finds the reader of a component; None where there is no class of its name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = generate(
            json.dumps(_without_email(document)),
            input_file_type=InputFileType.OpenAPI,
            output=None,
            output_model_type=DataModelType.PydanticV2BaseModel,
            target_python_version=PythonVersion.PY_311,
            use_annotated=True,
            field_constraints=True,
            strict_nullable=True,
            formatters=[],
        )
        path = folder / "other_models.py"
        path.write_text(str(code), encoding="utf-8")
        spec = importlib.util.spec_from_file_location("other_models", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["other_models"] = module
        spec.loader.exec_module(module)

    def decoder(component: str) -> Callable[[str], Any] | None:
        name = re.sub(r"\W+(\w)", lambda found: found[1].upper(), component)
        type_ = getattr(module, name[:1].upper() + name[1:], None)
        if type_ is None:
            return None
        adapter: TypeAdapter[Any] = TypeAdapter(type_)
        return lambda text: adapter.validate_json(text, strict=True)

    return decoder


def _without_email(node: Any) -> Any:
    """Return a document without the format that needs another package."""
    if isinstance(node, list):
        return [_without_email(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _without_email(value) for key, value in node.items() if (key, value) != ("format", "email")}
