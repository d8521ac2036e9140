"""The commands in the tables of ``docs/vendoring-features.md`` exist: options and tests. A slow test runs them all."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bothends.cli.arguments import parser
from bothends.config.read import _TARGET_KEYS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/vendoring-features.md").read_text(encoding="utf-8")
ROWS = "\n".join(re.findall(r"^\| .*$", TEXT, flags=re.M))
NAMES = "generate|check|validate|diff|scaffold|verify|init|templates"
COMMANDS = re.findall(rf"(bothends (?:{NAMES})\b[^;`|&]*?)(?: 2>&1)? *(?=[;`|&\\])", ROWS)
TESTS = re.findall(r"`pytest [^`]*?(tests/[\w/.]+)", TEXT)


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_the_commands_exist(command: str) -> None:
    parser().parse_args(shlex.split(command)[1:])


@pytest.mark.parametrize("path", TESTS)
def test_the_tests_exist(path: str) -> None:
    assert (ROOT / path).exists()


def test_there_are_rows() -> None:
    assert len(COMMANDS) >= 40
    assert len(TESTS) > 2


@pytest.mark.parametrize(
    "key", re.findall(r"^([a-z]+) = ", (ROOT / "docs/vendoring.md").read_text(encoding="utf-8"), flags=re.M)
)
def test_the_keys_exist(key: str) -> None:
    assert key in _TARGET_KEYS
