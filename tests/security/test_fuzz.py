"""Loaders, references, overlays and extraction take whatever comes: random texts, and what a fuzzer comes up with."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from security.fuzzing import PIECES, TARGETS

_TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)
_OCTETS = _TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=200)
_SECONDS = 40

Target = Callable[[bytes], None]


def name(target: Target) -> str:
    return target.__name__


@pytest.mark.parametrize("target", TARGETS, ids=name)
@settings(max_examples=100)
@given(data=_OCTETS)
def test_anything_ends_in_a_document_or_a_diagnostic(target: Target, data: bytes) -> None:
    target(data)


@pytest.mark.exhaustive
@pytest.mark.parametrize("target", TARGETS, ids=name)
@settings(max_examples=5_000)
@given(data=_OCTETS)
def test_more_of_anything_ends_in_a_document_or_a_diagnostic(target: Target, data: bytes) -> None:
    target(data)


@pytest.mark.exhaustive
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="needs atheris: pip install atheris")
@pytest.mark.parametrize("target", TARGETS, ids=name)
def test_a_fuzzer_finds_nothing_else(target: Target, tmp_path: Path) -> None:
    folder = Path(__file__).parent
    (tmp_path / "pieces").write_text("".join(f'"{_escaped(piece)}"\n' for piece in PIECES))
    done = subprocess.run(
        [
            *(sys.executable, str(folder / "fuzz_program.py"), target.__name__, f"-dict={tmp_path / 'pieces'}"),
            *(f"-max_total_time={_SECONDS}", "-max_len=400", "-timeout=20", f"-artifact_prefix={tmp_path}/"),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(folder.parent)])},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    assert int(re.findall(r"Done (\d+) runs", done.stderr)[-1]) > 1_000


def _escaped(text: str) -> str:
    return "".join(f"\\x{octet:02x}" for octet in text.encode())
