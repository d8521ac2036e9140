"""The recipes in ``docs/ci.md`` are YAML, name hooks that exist, and call commands that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import yaml

from bothends.cli.arguments import parser

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def recipes() -> list[Any]:
    return [yaml.safe_load(text) for text in re.findall(r"^```yaml\n(.*?)^```$", TEXT, flags=re.M | re.S)]


def test_the_hooks_exist() -> None:
    known = {hook["id"] for hook in HOOKS}
    assert known == {"bothends-check", "bothends-generate", "bothends-validate"}
    configured = recipes()[0]["repos"][0]["hooks"]
    assert {hook["id"] for hook in configured} == known


def test_the_entries_of_the_hooks_are_commands() -> None:
    for hook in HOOKS:
        parser().parse_args(shlex.split(hook["entry"])[1:])


def test_the_commands_exist() -> None:
    steps = next(recipe for recipe in recipes() if "jobs" in recipe)["jobs"]["check"]["steps"]
    commands = [step["run"].partition(" > ")[0] for step in steps if "bothends " in step.get("run", "")]
    assert len(commands) == 3
    for command in (*commands, *re.findall(r"`(bothends [a-z][^`]*)`", TEXT)):
        parser().parse_args(shlex.split(command)[1:])


def test_the_filters_of_the_hooks() -> None:
    files = {hook["id"]: re.compile(hook["files"]) for hook in HOOKS}
    for name in ("bothends-check", "bothends-generate"):
        for path in ("specs/parts/pet.yaml", "bothends.toml", "a/b/pyproject.toml", "src/acme/x.py", "bothends.lock"):
            assert files[name].search(path), path
        for path in ("README.md", "src/logo.png", "Makefile"):
            assert not files[name].search(path), path
    assert files["bothends-validate"].search("specs/openapi.yaml")
    assert files["bothends-validate"].search("billing-openapi.v2.json")
    assert not files["bothends-validate"].search("package.json")
