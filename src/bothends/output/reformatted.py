"""Whether a file on disk is a generated one that another formatter went over, and nobody edited.

Told in two ways. Formatted as bothends formats, it is the very file of the manifest again; that is exact, and holds
whatever is to be generated now. Or it is the file that is to be generated now but for its layout: the same syntax
tree, docstrings without regard to their indentation, and the same comments in the same order.
"""

from __future__ import annotations

import ast
import inspect
import io
import tokenize
from collections.abc import Mapping

from bothends.output.files import OutputFile
from bothends.output.formatting import FormatterError, format_files
from bothends.output.style import Style

_LONGEST = 1_000_000


def formatted_back(edited: Mapping[str, bytes], known: Mapping[str, str], style: Style) -> set[str]:
    """Return those of the edited files that formatting makes what the manifest knows, by path."""
    files = [OutputFile(path, data.decode("utf-8")) for path, data in edited.items() if _is_text(path, data)]
    try:
        formatted = format_files(files, style)
    except FormatterError:  # one that is no Python any more hides none of the others
        if len(files) == 1:
            return set()
        parts = ({file.path: edited[file.path]} for file in files)
        return {path for part in parts for path in formatted_back(part, known, style)}
    return {file.path for file in formatted if file.digest == known.get(file.path)}


def same_syntax(one: bytes, other: bytes) -> bool:
    """Whether two files are the same Python but for their layout."""
    if len(one) + len(other) > _LONGEST:
        return False
    try:
        return _tree(one) == _tree(other) and _comments(one) == _comments(other)
    except (SyntaxError, ValueError, RecursionError, tokenize.TokenError):
        return False


def _is_text(path: str, data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return path.endswith(".py")


def _tree(data: bytes) -> str:
    tree = ast.parse(data)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            node.value.value = inspect.cleandoc(node.value.value).strip()
    return ast.dump(tree)


def _comments(data: bytes) -> list[str]:
    tokens = tokenize.tokenize(io.BytesIO(data).readline)
    return [token.string.rstrip() for token in tokens if token.type == tokenize.COMMENT]
