"""Several targets in one run, and runs that watch."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def several(project: Path) -> Path:
    broken = (project / "openapi.yaml").read_text().replace("parts/pet.yaml#/Pet", "parts/pet.yaml#/Dog")
    (project / "broken.yaml").write_text(broken)
    text = "".join(f'[[targets]]\nspec = "openapi.yaml"\noutput = "pets_{name}"\n' for name in "abc")
    (project / "bothends.toml").write_text(text)
    return project


def test_targets_run_at_once_and_speak_in_order(several: Path, bothends: Call) -> None:
    code, out, err = bothends("generate", "--jobs", "2")
    assert code == 0, err
    assert [line.partition(":")[0] for line in out.splitlines()] == ["pets_a", "pets_b", "pets_c"]
    assert bothends("check")[0] == 0
    one = bothends("generate", "--jobs", "1", "--fresh")
    assert [line.partition(":")[0] for line in one[1].splitlines()] == ["pets_a", "pets_b", "pets_c"]
    assert bothends("generate")[1].count("nothing to do") == 3


def test_each_target_is_a_transaction(several: Path, bothends: Call) -> None:
    text = (several / "bothends.toml").read_text().replace("openapi.yaml", "broken.yaml", 1)
    (several / "bothends.toml").write_text(text)
    code, out, _ = bothends("generate", "--format", "json")
    assert code == 2
    assert [found["code"] for found in json.loads(out)["diagnostics"]] == ["unresolved-reference"]
    assert sorted(path.name for path in several.glob("pets_*")) == ["pets_b", "pets_c"]


def test_a_depfile_names_every_input(several: Path, bothends: Call) -> None:
    (several / "parts/pet.yaml").rename(several / "parts/a pet#1.yaml")
    spec = several / "openapi.yaml"
    spec.write_text(spec.read_text().replace("parts/pet.yaml#/Pet", "parts/a%20pet%231.yaml#/Pet"))
    assert bothends("generate", "openapi.yaml", "-o", "out/pets", "--depfile", "out/pets.d")[0] == 0
    rule, *phony = (several / "out/pets.d").read_text().split("\n\n")
    assert rule == "out/pets/.bothends.json: openapi.yaml parts/a\\ pet\\#1.yaml"
    assert [line.strip() for line in phony] == ["openapi.yaml:", "parts/a\\ pet\\#1.yaml:"]


def test_a_stamp_is_touched_also_when_there_is_nothing_to_do(several: Path, bothends: Call) -> None:
    arguments = ("generate", "--depfile", "all.d", "--stamp", "all.stamp")
    assert bothends(*arguments)[0] == 0
    text = (several / "all.d").read_text()
    assert text.startswith("all.stamp: openapi.yaml parts/pet.yaml bothends.toml\n")
    os.utime(several / "all.stamp", (1, 1))
    assert "nothing to do" in bothends(*arguments)[1]
    assert (several / "all.stamp").stat().st_mtime > 1
    assert (several / "all.d").read_text() == text


def test_a_failed_run_touches_no_stamp(several: Path, bothends: Call) -> None:
    assert bothends("generate", "broken.yaml", "-o", "x", "--depfile", "x.d", "--stamp", "x.stamp")[0] == 2
    assert not (several / "x.d").exists()
    assert not (several / "x.stamp").exists()


def test_stages_as_json_lines(several: Path, bothends: Call) -> None:
    err = bothends("generate", "openapi.yaml", "-o", "pets", "--progress", "json")[2]
    stages = [json.loads(line) for line in err.splitlines()]
    names = ["load", "read", "lower", "name", "render", "format", "compare", "write"]
    assert [stage["stage"] for stage in stages] == names
    assert (stages[1]["count"], stages[1]["what"]) == (2, "documents")
    assert {stage["target"] for stage in stages} == {"pets"}


def test_profile_says_where_time_went(several: Path, bothends: Call) -> None:
    assert "  render " in bothends("generate", "openapi.yaml", "-o", "pets", "--profile")[2]
    assert "  compare " in bothends("check", "openapi.yaml", "-o", "pets", "--profile")[2]


def test_nothing_but_a_line_where_nobody_watches(several: Path, bothends: Call) -> None:
    code, out, err = bothends("generate", "openapi.yaml", "-o", "pets")
    assert (code, out.count("\n"), err) == (0, 1, "")


def line_with(word: str, stream: IO[str]) -> str:
    return next(line for line in stream if word in line)


def test_watching(several: Path) -> None:
    command = [sys.executable, "-m", "bothends", "generate", "openapi.yaml", "-o", "pets", "--watch"]
    pet = several / "pets/schemas/pet.py"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            assert " new" in line_with("files:", process.stdout)
            for word in ("nick", "broken: [", "called"):
                fragment = f"Pet: {{type: object, properties: {{{word}: {{type: string}}}}}}\n"
                (several / "parts/pet.yaml").write_text(fragment)
                if "broken" in word:
                    assert "error[" in line_with("error[", process.stderr)
                else:
                    assert "changed" in line_with("files:", process.stdout)
                    assert word in pet.read_text()
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stderr.read().endswith("no longer watching\n")


def test_an_interrupted_run_leaves_nothing(several: Path) -> None:
    for delay in (0, 0.1, 0.3):
        command = [sys.executable, "-m", "bothends", "generate", "--fresh", "--progress", "json"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
            assert process.stderr is not None
            # Before it has begun, Python itself answers the signal.
            line_with('"stage"', process.stderr)
            time.sleep(delay)
            os.killpg(process.pid, signal.SIGINT)
            said = process.stderr.read()
        assert "Traceback" not in said
        assert process.returncode in (0, 130)
    assert [path.name for path in several.glob(".pets*")] == []
