"""Commands other than ``generate`` end as they should over hostile documents: with a message, never with a fault."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from bothends.cli import serve
from bothends.cli.main import run
from security.ending import SECRET
from security.forked import Ended, forked
from security.hostile import FAMILIES, documents
from security.hostile.case import Family, Hostile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")

_FORMATS = ("text", "json", "github", "sarif")
#: Made for people to read, and for machines; however much is wrong with a document.
_MOST_SAID = 12_000_000


def small(family: Family, number: int) -> list[Hostile]:
    """Return some cases of a family that are not large."""
    cases = sorted((case for case in documents(family) if case.size < 200_000), key=lambda case: case.name)
    return cases[:: len(cases) // number + 1]


def check(ended: Ended, *codes: int) -> None:
    assert ended.code in codes, ended.said[-1_000:]
    assert "Traceback (most recent call last)" not in ended.said
    assert SECRET not in ended.said
    assert "root:x:0:0" not in ended.said
    assert len(ended.said) < _MOST_SAID or "@@" in ended.said  # a difference is as long as the package


def call(case: Hostile, folder: Path, arguments: Callable[[Path], Sequence[str]], *codes: int) -> None:
    root = folder / case.name / "input"
    root.mkdir(parents=True)
    (root.parent.parent / "outside.json").write_text(f'"{SECRET}"')
    spec = case.write(root)
    words = [*arguments(spec), *case.arguments]
    check(forked(lambda: run(words), cwd=root), *codes)
    assert {path.name for path in root.parent.iterdir()} == {"input"}


def _sampled(families: Sequence[Family], number: int) -> Iterator[Hostile]:
    for family in families:
        yield from small(family, number)


@pytest.mark.parametrize("format", _FORMATS)
def test_validating_ends_as_it_should(format: str, tmp_path: Path) -> None:
    for case in _sampled(FAMILIES[_FORMATS.index(format) :: 8], 1):
        call(case, tmp_path, lambda spec: ["validate", "--strict", "-v", "--format", format, spec.name], 0, 2)


@pytest.mark.exhaustive
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_every_command_ends_as_it_should(family: Family, tmp_path: Path) -> None:
    for number, case in enumerate(small(family, 6)):
        kind = _FORMATS[number % len(_FORMATS)]
        for name, arguments, codes in (
            ("validate", lambda spec: ["validate", "--strict", "-v", "--format", kind, spec.name], (0, 2)),  # noqa: B023
            ("check", lambda spec: ["check", spec.name, "-o", "../output/probe", "-q"], (1, 2)),
            ("dry", lambda spec: ["generate", spec.name, "-o", "../output/probe", "--dry-run", "--diff"], (0, 2)),
            ("verify", lambda spec: ["verify", spec.name, "--format", "json"], (0, 1, 2)),
        ):
            call(case, tmp_path / name, arguments, *codes)


@pytest.mark.exhaustive
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_serving_begins_or_says_why_not(family: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_serve", lambda *_: 0)
    for case in small(family, 3):
        call(case, tmp_path, lambda spec: ["serve", spec.name, "--port", "0"], 0, 2)


def _pages(case: Hostile) -> dict[str, bytes]:
    content = next(iter(case.files.values()))
    return {
        "raw.md": content,
        "fenced.md": b"# Page\n\n````yaml\n" + content + b"\n````\n",
        "path.md": b"# Page\n\n```yaml openapi.yaml get /a\n" + content + b"\n```\n",
        "script.html": b"<html><script id=spec type='application/json'>" + content + b"</script></html>",
        "embedded.html": b"<div data-spec='" + content.replace(b"'", b"&#39;") + b"'></div>",
        "state.html": b'<script>window.__redoc_state = {"spec": {"data": ' + content + b"}};</script>",
    }


@pytest.mark.parametrize("family", FAMILIES[::5], ids=lambda family: family.__name__)
def test_extracting_ends_as_it_should(family: Family, tmp_path: Path) -> None:
    for case in small(family, 2):
        folder = tmp_path / case.name
        folder.mkdir()
        for name, content in _pages(case).items():
            (folder / name).write_bytes(content)
        words = [["extract", name, "-o", "../made.yaml"] for name in _pages(case)]
        check(forked(lambda words=words: max(run(one) for one in words), cwd=folder), 0, 2)
