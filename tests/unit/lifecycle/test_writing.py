"""Writing: one process at a time, whole or not at all, and a clear answer where it cannot be done."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bothends.config.read import read_config
from bothends.diagnostics.model import Report
from bothends.output.lock import lock_file, locked
from bothends.output.plan import Plan
from bothends.output.unwritable import unwritable
from bothends.output.write import OutdatedPlanError, clean, write_plan
from bothends.pipeline import Session

Call = Callable[..., tuple[int, str, str]]


def plan(**options: object) -> Plan:
    return Session(read_config(Path("bothends.toml")).targets[0], Report()).plan(**options)  # type: ignore[arg-type]


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_a_plan_that_is_out_of_date_is_not_carried_out(project: Path, bothends: Call) -> None:
    """Somebody edits a file, or another run publishes, between planning and writing."""
    made = plan()
    assert bothends("generate", "-q")[0] == 0
    manifest = (project / "pets/.bothends.json").read_bytes()
    with pytest.raises(OutdatedPlanError):
        write_plan(made)
    assert (project / "pets/.bothends.json").read_bytes() == manifest
    assert hidden(project) == []


def test_an_edit_during_the_run_is_found_by_planning_anew(
    project: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bothends("generate", "-q")[0] == 0
    (project / "parts/pet.yaml").write_text("Pet: {type: object, properties: {nick: {type: string}}}\n")
    pet = project / "pets/schemas/pet.py"

    def late(made: Plan) -> None:
        pet.write_text(pet.read_text() + "mine = 1\n")
        monkeypatch.undo()
        monkeypatch.chdir(project)
        write_plan(made)

    monkeypatch.setattr("bothends.output.write.write_plan", late)
    code, _, err = bothends("generate")
    assert (code, "edited-file" in err) == (2, True)
    assert pet.read_text().endswith("mine = 1\n")


def test_runs_on_one_target_wait_for_each_other(project: Path) -> None:
    target = project / "pets"
    seen: list[str] = []
    with locked(target):
        other = threading.Thread(target=lambda: [write_plan(plan()), seen.append("other")])
        other.start()
        other.join(1.5)
        seen.append("first")
        assert not target.exists()
    other.join(60)
    assert seen == ["first", "other"]
    assert (target / "__init__.py").exists()
    assert hidden(project) == []


def test_many_runs_at_once_leave_a_whole_package(project: Path, bothends: Call) -> None:
    command = [sys.executable, "-m", "bothends", "generate", "--fresh", "-q"]
    runs = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [run.communicate(timeout=120)[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], said
    assert bothends("check", "--offline")[0] == 0
    assert hidden(project) == []


def test_the_lock_of_a_killed_process_holds_nobody_up(project: Path, bothends: Call) -> None:
    program = (
        "import os, pathlib\nfrom bothends.output.lock import locked\n"
        "with locked(pathlib.Path('pets').resolve()):\n    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    assert hidden(project) == [".pets.bothends-lock"]
    assert bothends("generate")[0] == 0
    assert hidden(project) == []


def test_a_run_with_nothing_to_do_cleans_up_after_a_killed_one(project: Path, bothends: Call) -> None:
    assert bothends("generate", "-q")[0] == 0
    (project / ".pets.bothends-new").mkdir()
    (project / ".pets.bothends-new/half.py").touch()
    assert bothends("check")[0] == 0
    assert hidden(project) == [".pets.bothends-new"]
    assert "nothing to do" in bothends("generate")[1]
    assert hidden(project) == []


def test_a_half_done_exchange_is_completed(project: Path, bothends: Call) -> None:
    """Where the system cannot exchange folders, a process may die between two renames."""
    assert bothends("generate", "-q")[0] == 0
    (project / "pets").rename(project / ".pets.bothends-old")
    clean(project / "pets")
    assert bothends("check", "--offline")[0] == 0
    assert hidden(project) == []


def test_without_an_exchange_two_renames_do(project: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bothends.output.write.exchange", lambda one, other: False)
    assert bothends("generate", "-q")[0] == 0
    (project / "parts/pet.yaml").write_text("Pet: {type: object, properties: {nick: {type: string}}}\n")
    assert bothends("generate")[0] == 0
    assert bothends("check")[0] == 0
    assert hidden(project) == []


def test_unchanged_files_keep_their_times_and_files_of_others_stay(project: Path, bothends: Call) -> None:
    assert bothends("generate", "-q")[0] == 0
    (project / "pets/notes.md").write_text("mine")
    (project / "pets/link").symlink_to("notes.md")
    before = {path: path.stat().st_mtime_ns for path in (project / "pets").rglob("*") if path.is_file()}
    (project / "parts/pet.yaml").write_text("Pet: {type: object, properties: {nick: {type: string}}}\n")
    assert bothends("generate")[0] == 0
    changed = {path.name for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert changed == {"pet.py", "openapi.json", ".bothends.json"}
    assert (project / "pets/link").is_symlink()


def test_a_target_behind_a_symbolic_link_is_written_where_it_lies(project: Path, bothends: Call) -> None:
    (project / "real").mkdir()
    (project / "pets").symlink_to("real/pets")
    assert bothends("generate")[0] == 0
    assert (project / "pets").is_symlink()
    assert (project / "real/pets/__init__.py").is_file()
    assert "nothing to do" in bothends("generate")[1]
    assert hidden(project / "real") == []


def test_a_folder_that_may_not_be_written(project: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, flags: int) -> int:
        if path.parent == project:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return os.open(path, flags | os.O_RDWR, 0o666)

    monkeypatch.setattr("bothends.output.lock._open", refuse)
    code, _, err = bothends("generate")
    assert code == 2
    assert "unwritable-output" in err
    assert "the folder above the output folder has to be writable" in err


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.EROFS, "read-only"),
        (errno.ENOSPC, "make room"),
        (errno.EBUSY, "a mount point"),
        (errno.ENAMETOOLONG, "shorter path"),
        (errno.ENOENT, "shorter path"),  # what Windows says of a path with more than 259 characters
    ],
)
def test_every_reason_has_an_answer(number: int, hint: str) -> None:
    found = unwritable("pets", OSError(number, os.strerror(number), "x" * 300))
    assert os.strerror(number) in found.message
    assert hint in (found.hint or "")


def test_paths_too_long_for_the_system(project: Path, bothends: Call) -> None:
    """Names of 255 bytes are the limit of file systems; the folder beside the target has a longer one."""
    code, _, err = bothends("generate", "openapi.yaml", "-o", "p" * 250)
    assert code == 2
    assert "shorter path" in err
    assert "characters)" in err
    deep = Path(*["deep" * 10] * 8, "pets")
    assert bothends("generate", "openapi.yaml", "-o", str(deep), "-q")[0] == 0
    assert len(str(deep)) > 260
    assert bothends("check", "openapi.yaml", "-o", str(deep))[0] == 0


def test_the_lock_file_is_beside_the_target() -> None:
    assert lock_file(Path("a/pets")) == Path("a/.pets.bothends-lock")
