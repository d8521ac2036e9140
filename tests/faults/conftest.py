"""The generated client that meets the faults."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.packages import make_package


@pytest.fixture(scope="session")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The package of ``document.yaml``."""
    parent = tmp_path_factory.mktemp("depot")
    sys.path.insert(0, str(parent))
    try:
        yield make_package(Path(__file__).with_name("document.yaml"), parent, "depot_of_faults").load()
    finally:
        sys.path.remove(str(parent))


@pytest.fixture
def quick(depot: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The package, waiting hardly at all between attempts where no server asks for more."""
    retry = __import__(f"{depot.__name__}._runtime.client.retry", fromlist=["retry"])
    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.01)
    return depot
