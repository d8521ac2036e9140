"""What a user configures: one :class:`TargetConfig` for each package to generate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

Part: TypeAlias = Literal["schemas", "client", "server"]
Style: TypeAlias = Literal["sync", "async"]
Typeless: TypeAlias = Literal["object", "any"]

PARTS: Final[tuple[Part, ...]] = ("schemas", "client", "server")
STYLES: Final[tuple[Style, ...]] = ("sync", "async")


@dataclass(frozen=True, slots=True)
class TargetConfig:
    """One package to generate.

    ``spec`` is a path or ``-`` for standard input; ``output`` the folder of the package. ``names`` overrides
    Python names, keyed by the place in the document. ``typeless`` says what a schema that names properties but
    no type means: an object, or (as JSON Schema has it) anything that is not an object too.
    """

    spec: str
    output: Path
    package: str
    parts: tuple[Part, ...] = PARTS
    styles: tuple[Style, ...] = STYLES
    names: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    typeless: Typeless = "object"


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration file: where it lies, and its targets in order. ``strict`` makes warnings errors."""

    path: Path
    targets: tuple[TargetConfig, ...]
    strict: bool = False
