"""Packages that load their modules late."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

_INIT = """
from bothends.runtime.lazy import lazy_attributes

__getattr__, __dir__ = lazy_attributes(__name__, {"Cat": ".cat"}, modules=("dog",))
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    folder = tmp_path / "lazy_pets"
    folder.mkdir()
    (folder / "__init__.py").write_text(_INIT)
    (folder / "cat.py").write_text("class Cat: pass\n")
    (folder / "dog.py").write_text("BARK = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("lazy_pets")
    for name in [name for name in sys.modules if name.startswith("lazy_pets")]:
        del sys.modules[name]


def test_modules_are_loaded_when_they_are_used(package: ModuleType) -> None:
    assert not {"lazy_pets.cat", "lazy_pets.dog"} & sys.modules.keys()
    assert package.Cat is importlib.import_module("lazy_pets.cat").Cat
    assert "Cat" in vars(package)
    assert "lazy_pets.dog" not in sys.modules
    assert package.dog.BARK == 1


def test_all_names_are_listed(package: ModuleType) -> None:
    assert {"Cat", "dog", "__name__"} <= set(dir(package))


def test_a_wrong_name_is_an_attribute_error(package: ModuleType) -> None:
    with pytest.raises(AttributeError, match="module 'lazy_pets' has no attribute 'Cow'") as caught:
        _ = package.Cow
    assert (caught.value.name, caught.value.obj) == ("Cow", package)


def test_submodules_can_be_imported_by_name(package: ModuleType) -> None:
    namespace: dict[str, object] = {}
    exec("from lazy_pets import Cat, cat, dog", namespace)
    assert namespace["cat"] is sys.modules["lazy_pets.cat"]
    with pytest.raises(ImportError):
        exec("from lazy_pets import cow", namespace)


def test_threads_get_the_same(package: ModuleType) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(package.Cat)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [package.Cat] * 8
