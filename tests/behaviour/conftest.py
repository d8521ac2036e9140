"""Every document of ``specs/``, generated once for the whole run; each is served when a test first needs it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from support.documents import SPECS
from support.packages import Package, make_package, served

Served = Callable[[Package], str]


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Package]]:
    """The generated packages by the folder of their document."""
    parent = tmp_path_factory.mktemp("generated")
    sys.path.insert(0, str(parent))
    try:
        yield {spec.parent.name: make_package(spec, parent, _name(spec)) for spec in SPECS}
    finally:
        sys.path.remove(str(parent))


@pytest.fixture(scope="session")
def url_of() -> Iterator[Served]:
    """Where the mock of a package listens, in a process of its own."""
    urls: dict[str, str] = {}
    with ExitStack() as running:

        def find(package: Package) -> str:
            if package.name not in urls:
                urls[package.name] = running.enter_context(served(package.spec))
            return urls[package.name]

        yield find


@pytest.fixture
def architect(packages: dict[str, Package]) -> Package:
    return packages["architect-customer-api"]


@pytest.fixture
def conversations(packages: dict[str, Package]) -> Package:
    return packages["bird-conversations"]


@pytest.fixture
def channels(packages: dict[str, Package]) -> Package:
    return packages["bird-channels-messaging"]


@pytest.fixture
def newsletter(packages: dict[str, Package]) -> Package:
    return packages["newsletter-messages"]


@pytest.fixture
def harbour(packages: dict[str, Package]) -> Package:
    return packages["harbour"]


def _name(spec: Path) -> str:
    return f"of_{spec.parent.name.replace('-', '_')}"
