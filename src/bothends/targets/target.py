"""What a target is: a function from the intermediate model and its names to views of files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bothends.config.webhooks import SignatureConfig
from bothends.ir.api import Api
from bothends.naming.names import Names


@dataclass(frozen=True, slots=True)
class FileView:
    """A file to render: its path below the package, the template that prints it, and what the template sees.

    ``path`` uses ``/``; ``template`` is relative to the template folder; ``view`` is a frozen dataclass of
    :class:`~bothends.python.code.Code`, booleans, tuples and other views.
    """

    path: str
    template: str
    view: object


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """What the configuration says to targets."""

    package: str
    parts: frozenset[str] = frozenset({"schemas", "client", "server"})
    sync: bool = True
    asynchronous: bool = True
    signature: SignatureConfig | None = None

    @property
    def environment(self) -> str:
        """What the names of environment variables begin with: ``ACME_ARCHITECT`` for ``acme_architect``."""
        return re.sub(r"[^A-Z0-9]+", "_", self.package.rpartition(".")[2].upper()).strip("_")


class Target(Protocol):
    """One kind of output. It is written when one of the parts in ``needs`` is asked for."""

    @property
    def name(self) -> str:
        """What the target is called."""
        ...

    @property
    def needs(self) -> tuple[str, ...]:
        """The parts that call for it."""
        ...

    def views(self, api: Api, names: Names, options: TargetOptions) -> Sequence[FileView]:
        """Return the files of this part."""
        ...
