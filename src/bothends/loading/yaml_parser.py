"""YAML text in, parsing events out: the only place that touches the parser, libyaml through PyYAML.

Nothing but events is taken from it. Its composer recurses in C and dies of deep nesting, and its constructors
follow YAML 1.1; neither is used, and no tag ever names code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import yaml

from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Severity
from bothends.loading.page_hint import page_hint

# Line breaks of YAML 1.1, which libyaml still folds, and which are ordinary characters in YAML 1.2.
_FOLDED = "\x85\u2028\u2029"

_LONGEST_KEY = 1024

GetEvent = Callable[[], yaml.Event | None]
Restore = Callable[[str], str]


def open_events(text: str) -> tuple[GetEvent, Restore | None]:
    """Start parsing: a function that returns the next event, and one to apply to every scalar unless None."""
    restore: Restore | None = None
    if any(character in text for character in _FOLDED):
        text, restore = _protect(text)
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    return cast(GetEvent, loader.get_event), restore


def syntax_error(error: yaml.YAMLError, text: str, uri: str) -> DocumentError:
    """Turn an error of the parser into ours."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
    context = getattr(error, "context", None)
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
    else:
        position = min(int(getattr(error, "position", 0)), len(text))
        line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    sentence = f"the text is not YAML: {problem}" + (f" {context}" if context else "")
    hint = page_hint(uri, text)
    if "mapping values are not allowed" in str(problem) and column > _LONGEST_KEY:
        hint = f"a key of more than {_LONGEST_KEY:,} characters must follow a '?'"
    return invalid(sentence, Location(uri, "", line, column), hint)


def invalid(message: str, location: Location, hint: str | None = None) -> DocumentError:
    """Return the error for text that is not YAML, or not YAML that a JSON value can come from."""
    return DocumentError(Diagnostic("invalid-yaml", Severity.ERROR, message, location, hint))


def _protect(text: str) -> tuple[str, Restore]:
    """Put characters in the place of the folded ones that the text does not use."""
    free = (code for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    there = {ord(character): code for character, code in zip(_FOLDED, free, strict=False)}
    back = {code: character for character, code in there.items()}
    return text.translate(there), lambda scalar: scalar.translate(back)
