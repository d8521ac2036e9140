"""What a user configures: one :class:`TargetConfig` for each package to generate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from bothends.config.limits import Limits
from bothends.config.pagination import PaginationConfig
from bothends.config.selection import Selection
from bothends.config.webhooks import SignatureConfig

if TYPE_CHECKING:
    from bothends.diagnostics.model import Location

Part: TypeAlias = Literal["schemas", "client", "server"]
Style: TypeAlias = Literal["sync", "async"]
Typeless: TypeAlias = Literal["object", "any"]
Formats: TypeAlias = Literal["assert", "annotate"]
SchemasStyle: TypeAlias = Literal["pydantic", "dataclass", "typeddict", "msgspec"]
Format: TypeAlias = Literal["isolated", "project"]

PARTS: Final[tuple[Part, ...]] = ("schemas", "client", "server")
STYLES: Final[tuple[Style, ...]] = ("sync", "async")
SCHEMAS_STYLES: Final[tuple[SchemasStyle, ...]] = ("pydantic", "dataclass", "typeddict", "msgspec")


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
class NameChoice:
    """A name that the configuration chooses: the kind of thing (``types``, or empty), its key, and where it says so."""

    kind: str
    key: str
    name: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class TargetConfig:
    """One package to generate.

    ``spec`` is a path, a URL, or ``-`` for standard input; ``overlays`` are applied to it in order. ``output`` is the
    folder of the package. ``names`` overrides Python names: tables by kind (``types``; empty for keys that tell it
    themselves), each keyed by the place in the document. ``select`` says which operations are wanted. ``typeless``
    says what a schema that names properties but no type means: an object, or (as JSON Schema has it) anything that is
    not an object too. ``formats`` says whether values must have the ``format`` that they are said to have.
    ``schemas_style``: what schemas are written as; without pydantic there are no other parts.
    ``webhooks`` says how deliveries are signed. Files in ``templates`` stand in for those of bothends. ``format`` is
    the style of the code: our own, whatever configuration lies around, or what the project's configuration of ruff
    says.
    ``runtime`` is the folder of a runtime that several packages share; each has its own without. ``handlers`` is the
    module, or the folder, where a team implements the server. ``places`` says where in the configuration things
    stand, by their path below the target.
    """

    spec: str
    output: Path
    package: str
    parts: tuple[Part, ...] = PARTS
    styles: tuple[Style, ...] = STYLES
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]], hash=False)
    select: Selection = field(default_factory=Selection)
    typeless: Typeless = "object"
    formats: Formats = "assert"
    schemas_style: SchemasStyle = "pydantic"
    overlays: tuple[str, ...] = ()
    reading: Reading = Reading()
    pagination: PaginationConfig = field(default_factory=PaginationConfig)
    webhooks: SignatureConfig | None = None
    templates: Path | None = None
    format: Format = "isolated"
    runtime: Path | None = None
    handlers: Path | None = None
    places: Mapping[tuple[str | int, ...], Location] = field(
        default_factory=dict[tuple[str | int, ...], "Location"], hash=False, compare=False, repr=False
    )

    @property
    def choices(self) -> tuple[NameChoice, ...]:
        """The names that are chosen."""
        return tuple(
            NameChoice(kind, key, name, self.places.get(("names", kind, key) if kind else ("names", key)))
            for kind, table in self.names.items()
            for key, name in table.items()
        )


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration file: where it lies, and its targets in order. ``strict`` makes warnings errors.

    ``reading`` holds for all targets, which repeat it.
    """

    path: Path
    targets: tuple[TargetConfig, ...]
    strict: bool = False
    reading: Reading = Reading()
