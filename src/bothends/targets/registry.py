"""The targets, in the order in which they are written."""

from __future__ import annotations

from typing import Final

from bothends.targets.client.build import CLIENT
from bothends.targets.operations.build import OPERATIONS
from bothends.targets.package.build import PACKAGE
from bothends.targets.schemas.build import SCHEMAS
from bothends.targets.server.build import SERVER
from bothends.targets.target import Target

TARGETS: Final[tuple[Target, ...]] = (PACKAGE, SCHEMAS, OPERATIONS, CLIENT, SERVER)


def chosen(parts: frozenset[str]) -> tuple[Target, ...]:
    """Return the targets that the parts of a package need: a target is written when one of its parts is."""
    return tuple(target for target in TARGETS if parts & frozenset(target.needs))
