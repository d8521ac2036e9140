"""Templates of a project that stand in for ours: which there are, and whether they can.

The views that templates print are an interface with a version. It grows by fields; a field that goes or changes its
meaning makes a new version, and a template that was copied from another one is refused.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from traceback import extract_tb
from typing import Final

from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Severity
from bothends.rendering import FileView, RenderingError, render, template_folder

#: The version of the views (``docs/templates.md``).
VIEWS_VERSION: Final = 1

_SUFFIX: Final = ".jinja"
_VERSION: Final = re.compile(r"\{#.*\bviews (\d+)\b.*#\}")
_HINT: Final = "docs/templates.md says what templates may do"


def template_names(folder: Path | None = None) -> list[str]:
    """Return the names of the templates in a folder, of ours without one."""
    root = folder or template_folder()
    return sorted(path.relative_to(root).as_posix() for path in root.rglob(f"*{_SUFFIX}"))


def copied(name: str) -> str:
    """Return the text of one of our templates for a project: its first line says which views it was written for."""
    text = (template_folder() / name).read_text(encoding="utf-8")
    said = f"views {VIEWS_VERSION}"
    first, newline, rest = text.partition("\n")
    if first.startswith("{#") and first.endswith("#}"):
        return f"{first[:-2].rstrip()}, {said} #}}{newline}{rest}"
    return f"{{# {said} #}}\n{text}"


def check_overrides(folder: Path) -> None:
    """Raise DocumentError with ``invalid-template`` for each template of a folder that cannot stand in for ours."""
    ours = template_names()
    problems = [problem for name in template_names(folder) for problem in _problems(folder, name, ours)]
    if problems:
        raise DocumentError(*problems)


def render_overridden(view: FileView, folder: Path) -> str:
    """Return the text of a file, printed with the templates of a folder.

    Raises DocumentError with ``invalid-template`` where one of them asks a view for what it does not have.
    """
    from jinja2 import TemplateError

    try:
        return render(view, folder)
    except (TemplateError, RenderingError) as error:
        frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(_SUFFIX)]
        if not frames:
            raise
        path, line = Path(frames[-1].filename), frames[-1].lineno or 1
        message = f"{view.path} cannot be printed: {error}"
        raise DocumentError(_problem(path, line, message, _HINT)) from error


def check_python(name: str, text: str, folder: Path) -> None:
    """Raise DocumentError with ``invalid-template`` where what the templates of a folder print is not Python."""
    try:
        ast.parse(text)
    except SyntaxError as error:
        line = text.splitlines()[(error.lineno or 1) - 1 : error.lineno]
        message = f"{name} would not be Python: {error.msg}, in {''.join(line).strip()!r}"
        raise DocumentError(_problem(folder, 1, message, _HINT)) from None


def _problems(folder: Path, name: str, ours: list[str]) -> Iterator[Diagnostic]:
    # Imported on use: most projects have no templates of their own.
    from jinja2 import TemplateSyntaxError

    from bothends.rendering.rules import broken_rules

    path = folder / name
    if name not in ours and not path.name.startswith("_"):
        near = difflib.get_close_matches(name, ours, 1)
        hint = f"did you mean {near[0]}?" if near else "`bothends templates` lists those that there are"
        yield _problem(path, 1, "there is no template of this name to stand in for", hint)
    try:
        text = path.read_text(encoding="utf-8")
        version = _VERSION.match(text)
        if version and int(version[1]) != VIEWS_VERSION:
            message = f"the template was written for views {version[1]}; this is views {VIEWS_VERSION}"
            yield _problem(path, 1, message, "copy it anew, and make your changes again")
        for line, message in broken_rules(text):
            yield _problem(path, line, message, _HINT)
    except TemplateSyntaxError as error:
        yield _problem(path, error.lineno, f"not a template: {error.message}", _HINT)
    except (OSError, UnicodeDecodeError) as error:
        yield _problem(path, 1, f"the template cannot be read: {error}", _HINT)


def _problem(path: Path, line: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic("invalid-template", Severity.ERROR, message, Location(str(path), "", line, 1), hint)
