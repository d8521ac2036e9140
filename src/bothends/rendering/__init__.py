"""Views to text: the template named by a view prints it. The formatter refuses what would not be Python.

Templates print :class:`~bothends.python.code.Code` and nothing else, so that no text of a document can reach a
file unescaped, whatever a template does.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bothends.python.code import Code

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from jinja2 import Environment


class RenderingError(Exception):
    """A template or a view is wrong: a fault of bothends, never of a document."""


class FileView(Protocol):
    """A file to render, as :class:`bothends.targets.target.FileView` has it."""

    @property
    def path(self) -> str:
        """Path of the file below the package."""
        ...

    @property
    def template(self) -> str:
        """Path of the template below the template folder."""
        ...

    @property
    def view(self) -> Any:
        """What the template sees: a dataclass."""
        ...


def render(view: FileView, overrides: Path | None = None) -> str:
    """Return the text of a file. Files in the folder ``overrides`` stand in for the templates of their name."""
    content: DataclassInstance = view.view
    values = {field.name: getattr(content, field.name) for field in fields(content)}
    return _environment(overrides and overrides.resolve()).get_template(view.template).render(values)


@cache
def template_folder() -> Path:
    """Return the folder of the templates: inside the installed package, else in the checkout."""
    package = Path(__file__).parents[1]
    shipped = package / "_templates"
    return shipped if shipped.is_dir() else package.parent.parent / "templates"


@cache
def _environment(overrides: Path | None) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from bothends.rendering.compiled import Compiled

    folders = [template_folder()] if overrides is None else [overrides, template_folder()]
    return Environment(  # noqa: S701 - the output is Python, and _only_code stands in for escaping
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        finalize=_only_code,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=overrides is not None,
        # Nothing is loaded from the folder of a project that would run without being looked at.
        bytecode_cache=Compiled() if overrides is None else None,
    )


def _only_code(value: Any) -> str:
    if type(value) is not Code:
        if type(value).__name__ == "StrictUndefined":
            str(value)  # says which name a template asks for that its view does not have
        raise RenderingError(f"templates print code only, not {type(value).__name__}")
    return value.text
