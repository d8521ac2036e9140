"""Patterns of documents, which are ECMA-262, to the engines that there are.

pydantic's own engine (Rust's) is quick and its time is linear; it has no lookaround, no
references to groups, and a limit on size. What it cannot do goes to Python's engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .cost import may_explode, size
from .cursor import PatternError
from .parser import parse
from .syntax import Node
from .writer import Engine, UnsupportedError, write

# Compiling more takes time and memory for each field that has the pattern; the engine
# itself stops at 10 MiB.
_MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Translation:
    """A pattern in the spelling of each engine, None where it cannot do what that says.

    ``error`` says why a pattern is not one of ECMA-262; both are None then. ``slow``:
    where only Python's engine is left, a text made for the purpose may keep it busy for
    ever.
    """

    rust: str | None
    python: str | None
    error: str | None = None
    slow: bool = False

    @property
    def searched(self) -> str | None:
        """The pattern for pydantic's engine where that can do it, else for Python's."""
        return self.python if self.rust is None else self.rust


@lru_cache(maxsize=4096)
def translate(pattern: str) -> Translation:
    """Translate a pattern of ECMA-262."""
    try:
        tree = parse(pattern)
    except PatternError as error:
        return Translation(None, None, str(error))
    rust = _written(tree, Engine.RUST) if size(tree) <= _MOST_BYTES else None
    return Translation(
        rust, _written(tree, Engine.PYTHON), slow=rust is None and may_explode(tree)
    )


def to_rust(pattern: str) -> str | None:
    """Return the pattern for ``Field(pattern=...)``, if pydantic's engine can do it."""
    return translate(pattern).rust


def to_searched(pattern: str) -> str | None:
    """Return the pattern as the runtime searches for it; None where no engine can."""
    return translate(pattern).searched


def _written(tree: Node, engine: Engine) -> str | None:
    try:
        return write(tree, engine)
    except UnsupportedError:
        return None
