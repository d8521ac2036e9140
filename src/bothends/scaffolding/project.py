"""A project around a generated server, file by file. Comes in: names and methods. Goes out: files, none written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from bothends.output.files import OutputFile
from bothends.output.formatting import format_files
from bothends.rendering import template_folder
from bothends.scaffolding.expected import Method
from bothends.scaffolding.insert import import_sections, methods_text, needed_imports

_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Project:
    """What a project is called: its distribution, its package ``app`` and the generated package within.

    ``spec`` is the document, as the configuration shall name it.
    """

    name: str
    app: str
    package: str
    spec: str


def project_files(project: Project) -> tuple[OutputFile, ...]:
    """Return all files but the handlers, which need the generated package to be there."""
    app = project.app
    files = {
        "README.md": "README.md.txt",
        "pyproject.toml": "pyproject.toml.txt",
        "Dockerfile": "Dockerfile.txt",
        ".dockerignore": "dockerignore.txt",
        f"src/{app}/settings.py": "settings.py.txt",
        f"src/{app}/main.py": "main.py.txt",
        "tests/test_app.py": "test_app.py.txt",
    }
    values = {"name": project.name, "app": app, "package": project.package, "spec": json.dumps(project.spec)}
    values["document"] = f"`{project.spec}`"
    made = [OutputFile(path, _filled(template, values)) for path, template in files.items()]
    return (*made, OutputFile(f"src/{app}/__init__.py", ""))


def handlers_file(path: Path, package: str, methods: Sequence[Method]) -> OutputFile:
    """Return a module of handlers; ``package`` is what the generated package is imported by."""
    imports = {**needed_imports(methods), "server": (package, "server")}
    body = "\n".join(_INDENT + line if line else "" for line in methods_text(methods).splitlines()) if methods else ""
    text = _filled("handlers.py.txt", {"imports": import_sections(imports), "methods": body})
    return OutputFile(path.name, format_files([OutputFile(path.name, text.rstrip() + "\n")])[0].text)


def _filled(template: str, values: Mapping[str, str]) -> str:
    text = (template_folder() / "scaffold" / template).read_text(encoding="utf-8")
    return Template(text).substitute(values)
