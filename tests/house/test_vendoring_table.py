"""The commands in the table of ``docs/vendoring.md`` exist: options, tests, files and keys."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bothends.cli.arguments import parser
from bothends.config.read import _TARGET_KEYS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/vendoring.md").read_text(encoding="utf-8")
SHOWN = [
    command for row in re.findall(r"^\|.*\|([^|]*)\|$", TEXT, flags=re.M) for command in re.findall("`([^`]+)`", row)
]


@pytest.mark.parametrize("command", [shown for shown in SHOWN if shown.startswith("bothends ")])
def test_the_commands_exist(command: str) -> None:
    parser().parse_args(shlex.split(command)[1:])


@pytest.mark.parametrize("command", [shown for shown in SHOWN if shown.startswith("pytest ")])
def test_the_tests_exist(command: str) -> None:
    path = next(word for word in command.split() if word.startswith("tests/"))
    assert (ROOT / path).exists()


def test_there_are_rows() -> None:
    assert len(SHOWN) > 25


@pytest.mark.parametrize("key", re.findall(r"^([a-z]+) = ", TEXT, flags=re.M))
def test_the_keys_exist(key: str) -> None:
    assert key in _TARGET_KEYS
