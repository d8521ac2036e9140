"""Every hostile document ends with a package that can be imported, or with a message and nothing written."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import pytest

from bothends.cli.main import run
from security.ending import faults_in_memory, outcome
from security.forked import forked
from security.hostile import FAMILIES, LABORIOUS, MASSES, documents
from security.hostile.case import Family, Hostile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")

#: In memory a hang is noticed after a batch, and one in so many packages is imported.
_BATCH, _IMPORTED = 50, 8
#: What counts as small, in bytes, where there is no process to kill.
_SMALL = 20_000


def name(family: Family) -> str:
    return family.__name__


@pytest.mark.parametrize("family", [one for one in (*FAMILIES, *MASSES) if one not in LABORIOUS], ids=name)
def test_small_documents_end_as_they_should(family: Family) -> None:
    small = [case for case in documents(family) if case.size < _SMALL and len(case.files) == 1 and not case.arguments]
    faults = {
        case.name: found for case in small[:: len(small) // 4 + 1] if (found := faults_in_memory(case, whole=True))
    }
    assert faults == {}


@pytest.mark.parametrize("family", FAMILIES[::6], ids=name)
def test_the_command_line_ends_as_it_should(family: Family) -> None:
    found = outcome(min(documents(family), key=lambda case: case.size))
    assert found.faults == ()


@pytest.mark.exhaustive
@pytest.mark.parametrize("family", FAMILIES, ids=name)
def test_every_document_ends_as_it_should(family: Family) -> None:
    faults = {case.name: found for case in documents(family) if (found := outcome(case).faults)}
    assert faults == {}


@pytest.mark.exhaustive
@pytest.mark.parametrize("family", MASSES, ids=name)
def test_every_variant_ends_as_it_should(family: Family, tmp_path: Path) -> None:
    cases = documents(family)
    while batch := list(islice(cases, _BATCH)):
        ended = forked(lambda batch=batch: _check_all(batch), cwd=tmp_path)
        assert (ended.code, ended.said) == (0, "")


def _check_all(cases: list[Hostile]) -> int:
    wrong = 0
    for number, case in enumerate(cases):
        for fault in faults_in_memory(case, whole=number % _IMPORTED == 0):
            sys.stdout.write(f"{case.name}: {fault}\n")
            wrong = 1
    return wrong


def test_standard_input_is_bounded(tmp_path: Path) -> None:
    arguments = ["generate", "-", "-o", str(tmp_path / "output")]
    ended = forked(lambda: run(arguments), cwd=tmp_path, stdin=Path("/dev/zero"))
    assert ended.code == 2
    assert "[too-large]" in ended.said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[" * 100_000, b"\x00" * 1000, b"openapi: 9.9.9\n"])
def test_standard_input_ends_as_files_do(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "input").write_bytes(content)
    arguments = ["generate", "-", "-o", str(tmp_path / "output")]
    ended = forked(lambda: run(arguments), cwd=tmp_path, stdin=tmp_path / "input")
    assert ended.code == 2
    assert "error[" in ended.said
    assert [path.name for path in tmp_path.iterdir()] == ["input"]
