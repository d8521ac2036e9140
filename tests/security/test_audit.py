"""What a run touches, as an audit hook of Python sees it: its input, its output, itself, Python, and the formatter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import bothends
from security.hostile import documents
from security.hostile.case import SMALL, Family, Hostile
from security.hostile.loops import loops_of_files
from security.hostile.octets import octets
from security.hostile.overlays import overlays
from security.hostile.references import references_from_everywhere, targets
from security.hostile.yaml_text import tags
from security.positions import DOCUMENTS, filled

ROOT = Path(bothends.__file__).parents[2]
#: What belongs to Python, and to bothends.
_OURS = [
    *{sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib", "data")},
    sys.base_prefix,
]
_OURS += [str(ROOT / "src"), str(ROOT / "templates")]
#: Overlays that the call names, which may lie anywhere.
_NAMED = "overlay-named"
_GOOD = [Hostile("small", {"openapi.yaml": SMALL})]
_GOOD += [Hostile(name, {"openapi.json": json.dumps(filled(name, {})).encode()}) for name in DOCUMENTS]


def check(cases: Iterable[Hostile], folder: Path, *commands: Sequence[str]) -> list[int]:
    """Run commands over cases in one process; return their codes. Fails if they touch what they should not."""
    (folder / "outside.json").write_text('"outside"')
    staging = folder / "staging"
    staging.mkdir()
    calls: list[list[str]] = []
    for number, case in enumerate(cases):
        root = folder / str(number) / "input"
        root.mkdir(parents=True)
        spec = case.write(root)
        for command in commands:
            output = ["-o", str(root.parent / "output" / "probe")] if command[0] in ("generate", "check") else []
            calls.append([str(root), *command, spec.name, *output, *case.arguments])
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("audited.py"))],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(staging)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    faults = {
        call[0]: wrong for call, ran in zip(calls, found, strict=True) if (wrong := list(_wrong(call, ran, staging)))
    }
    assert faults == {}
    assert list(staging.iterdir()) == []
    return [ran["code"] for ran in found]


def _wrong(call: list[str], ran: dict[str, Any], staging: Path) -> Iterable[str]:
    root, output = Path(call[0]), Path(call[0]).parent / "output"
    if ran["code"] not in (0, 1, 2):
        yield f"code {ran['code']}"
    for kind, what in ran["seen"]:
        if kind == "read" and not _is_below(what, [root, output, staging, *_OURS, os.devnull]):
            yield f"read {what}"
        elif kind == "write" and not _is_below(what, [output, staging, os.devnull]) and what != str(root.parent):
            yield f"write {what}"
        elif kind == "start" and Path(what).stem != "ruff":
            yield f"start {what}"
        elif kind == "forbidden":
            yield what


def _is_below(path: str, folders: Iterable[str | os.PathLike[str]]) -> bool:
    return any(Path(path).is_relative_to(os.path.realpath(folder)) for folder in folders)


def test_good_documents_touch_only_what_they_must(tmp_path: Path) -> None:
    codes = check(_GOOD, tmp_path, ["generate"], ["check"], ["validate"], ["generate", "--force"])
    assert codes == [0] * len(codes)


@pytest.mark.parametrize(
    "family", [targets, overlays, octets, tags, loops_of_files], ids=lambda family: family.__name__
)
def test_hostile_documents_touch_only_what_they_must(family: Family, tmp_path: Path) -> None:
    few = [case for case in documents(family) if len(case.files) < 500 and not case.name.startswith(_NAMED)]
    assert 2 in check(few[:: len(few) // 8 + 1], tmp_path, ["generate"])


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "family",
    [targets, references_from_everywhere, overlays, octets, tags, loops_of_files],
    ids=lambda family: family.__name__,
)
def test_all_hostile_documents_touch_only_what_they_must(family: Family, tmp_path: Path) -> None:
    cases = (case for case in documents(family) if not case.name.startswith(_NAMED))
    number = 0
    while batch := list(islice(cases, 50)):
        folder = tmp_path / str(number)
        folder.mkdir()
        check(batch, folder, ["generate"], ["validate", "--strict"])
        number += 1


def test_the_hook_sees_what_is_forbidden(tmp_path: Path) -> None:
    script = f"""
import sys, json
sys.argv = ["audited"]
sys.path.insert(0, {str(Path(__file__).parent)!r})
import audited
seen = []
sys.addaudithook(lambda event, arguments: audited._note(event, arguments, seen))
open("/etc/hostname" if __import__("os").path.exists("/etc/hostname") else __file__).close()
import socket, subprocess
socket.socket().close()
subprocess.run([sys.executable, "-c", ""])
open({str(tmp_path / "written")!r}, "w").close()
print(json.dumps(sorted({{kind for kind, _ in seen}})))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["forbidden", "read", "start", "write"]
