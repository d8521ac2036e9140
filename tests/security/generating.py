"""Documents to files in memory, and such files to packages that can be used."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import bothends.runtime
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError, Report
from bothends.output.files import OutputFile
from bothends.pipeline import Session, Understood, _check_paths, _source_document
from bothends.rendering import render
from bothends.targets.registry import chosen
from bothends.targets.target import TargetOptions

PACKAGE = "probe"


@dataclass(frozen=True)
class Generated:
    """The files of a package before they are formatted, and the model that they were made of."""

    files: dict[str, str]
    understood: Understood
    report: Report


def generate(document: Any) -> Generated | DocumentError:
    """Return what is made of a document, or the error that says why nothing is. Any other exception is a fault."""
    source = document if isinstance(document, bytes) else json.dumps(document).encode()
    target = TargetConfig("document.json", Path("nowhere"), PACKAGE)
    report = Report()
    session = Session(target, report, text=source)
    try:
        understood = session.understand()
        options = TargetOptions(PACKAGE, frozenset(target.parts))
        views = [
            view for stage in chosen(options.parts) for view in stage.views(understood.api, understood.names, options)
        ]
        files = [OutputFile(view.path, render(view)) for view in views]
        files.append(_source_document(target, understood))
        _check_paths(files)
    except DocumentError as error:
        return error
    return Generated({file.path: file.text for file in files}, understood, report)


@contextmanager
def loaded(files: Mapping[str, str]) -> Iterator[dict[str, ModuleType]]:
    """Import every module of a package, for as long as the context lasts."""
    _forget()
    for name, module in _runtime().items():
        sys.modules[f"{PACKAGE}._runtime{name}"] = module
    with TemporaryDirectory() as folder, _importing_from(folder):
        for path, text in files.items():
            file = Path(folder, PACKAGE, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        yield {inner: importlib.import_module(f"{PACKAGE}.{inner}" if inner else PACKAGE) for inner in _modules(files)}


def _modules(files: Mapping[str, str]) -> list[str]:
    paths = [path.removesuffix(".py") for path in files if path.endswith(".py")]
    return [re.sub("(^|/)__init__$", "", path).replace("/", ".") for path in paths]


@contextmanager
def _importing_from(folder: str) -> Iterator[None]:
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)
        sys.path_importer_cache.pop(folder, None)
        sys.dont_write_bytecode = writes
        _forget()


def _forget() -> None:
    for name in [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]:
        del sys.modules[name]


_RUNTIME: dict[str, ModuleType] = {}


def _runtime() -> dict[str, ModuleType]:
    if not _RUNTIME:
        prefix = "bothends.runtime"
        _RUNTIME[""] = bothends.runtime
        for module in pkgutil.walk_packages(bothends.runtime.__path__, f"{prefix}."):
            _RUNTIME[module.name.removeprefix(prefix)] = importlib.import_module(module.name)
    return _RUNTIME
