"""What a user configures: one :class:`TargetConfig` for each package to generate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

from bothends.config.limits import Limits

Part: TypeAlias = Literal["schemas", "client", "server"]
Style: TypeAlias = Literal["sync", "async"]
Typeless: TypeAlias = Literal["object", "any"]
Formats: TypeAlias = Literal["assert", "annotate"]

PARTS: Final[tuple[Part, ...]] = ("schemas", "client", "server")
STYLES: Final[tuple[Style, ...]] = ("sync", "async")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a document may touch, and what it may cost.

    ``hosts`` are those that documents may be fetched from, a name for https at its own port, or ``host:port``;
    ``headers`` are sent to them, with ``${NAME}`` for variables of the environment. ``folders`` may be referred to
    besides the document's own. ``offline``: nothing is fetched.
    """

    hosts: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]], hash=False)
    limits: Limits = field(default_factory=Limits)
    offline: bool = False


@dataclass(frozen=True, slots=True)
class TargetConfig:
    """One package to generate.

    ``spec`` is a path, a URL, or ``-`` for standard input; ``overlays`` are applied to it in order. ``output`` is
    the folder of the package. ``names`` overrides Python names, keyed by the place in the document. ``typeless``
    says what a schema that names properties but no type means: an object, or (as JSON Schema has it) anything that
    is not an object too. ``formats`` says whether values must have the ``format`` that they are said to have.
    """

    spec: str
    output: Path
    package: str
    parts: tuple[Part, ...] = PARTS
    styles: tuple[Style, ...] = STYLES
    names: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    typeless: Typeless = "object"
    formats: Formats = "assert"
    overlays: tuple[str, ...] = ()
    reading: Reading = Reading()


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration file: where it lies, and its targets in order. ``strict`` makes warnings errors.

    ``reading`` holds for all targets, which repeat it.
    """

    path: Path
    targets: tuple[TargetConfig, ...]
    strict: bool = False
    reading: Reading = Reading()
