"""What the templates of the ``operations`` modules see."""

from __future__ import annotations

from dataclasses import dataclass

from bothends.python.code import Code


@dataclass(frozen=True, slots=True)
class OperationView:
    """A function that returns the description of an operation; ``arguments`` are those of the descriptor."""

    name: Code
    result: Code
    arguments: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A module of operations."""

    doc: Code
    imports: Code
    cache: Code
    operation: Code
    operations: tuple[OperationView, ...]


@dataclass(frozen=True, slots=True)
class PackageView:
    """The package ``operations`` itself."""

    empty: bool = True
