"""A generated server of two groups, as far as scaffolding reads it, and handlers beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

_PETS = '''
from __future__ import annotations

from uuid import UUID

from .. import schemas
from .._runtime.server.handlers import MaybeAwaitable, Route, Stream
from ..operations import pets as _operations


class PetsHandlers:
    """Pets."""

    def add_pet(self, *, body: schemas.Pet) -> MaybeAwaitable[schemas.Pet]:
        """Add a "pet"

        POST /pets
        """
        raise NotImplementedError

    def get_pet(self, *, pet_id: UUID, deep: bool | None) -> MaybeAwaitable[schemas.Pet | None]:
        """Get a pet

        GET /pets/{petId}
        """
        raise NotImplementedError


ROUTES = ()
'''
_EVENTS = '''
from __future__ import annotations

from .._runtime.server.handlers import MaybeAwaitable, Stream


class EventsHandlers:
    def follow(self) -> MaybeAwaitable[Stream[str]]:
        """Follow"""
        raise NotImplementedError
'''


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The folder of the package ``app.api``."""
    server = tmp_path / "app/api/server"
    server.mkdir(parents=True)
    for folder in (tmp_path / "app", tmp_path / "app/api", server):
        (folder / "__init__.py").touch()
    (server / "pets.py").write_text(_PETS)
    (server / "events.py").write_text(_EVENTS)
    return server.parent


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a module of handlers."""

    def write(text: str) -> Path:
        path = tmp_path / "app/handlers.py"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
        return path

    return write
