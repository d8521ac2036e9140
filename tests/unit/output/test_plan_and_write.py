"""Plans compare files with the disk; writing makes the folder what the plan says, in one step."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bothends.diagnostics.model import Report
from bothends.output.files import OutputFile
from bothends.output.manifest import NAME, Manifest, read_manifest
from bothends.output.paths import collisions, escapes
from bothends.output.plan import Action, Plan, make_plan
from bothends.output.write import write_plan


def plan(folder: Path, files: dict[str, str], *, force: bool = False, report: Report | None = None) -> Plan:
    outputs = [OutputFile(path, text) for path, text in files.items()]
    made_by = Manifest("1", "ruff 1", files={file.path: file.digest for file in outputs})
    return make_plan(
        folder, outputs, made_by, Report() if report is None else report, edits="force" if force else "refuse"
    )


def write(folder: Path, files: dict[str, str]) -> None:
    write_plan(plan(folder, files))


def actions(made: Plan) -> dict[str, Action]:
    return {change.path: change.action for change in made.changes if change.path != NAME}


def test_files_are_created_changed_deleted_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    write(folder, {"a.txt": "a", "b.txt": "b", "sub/c.txt": "c"})
    made = plan(folder, {"a.txt": "a", "b.txt": "changed", "d.txt": "d"})
    assert actions(made) == {
        "a.txt": Action.SAME,
        "b.txt": Action.CHANGE,
        "d.txt": Action.CREATE,
        "sub/c.txt": Action.DELETE,
    }
    write_plan(made)
    assert sorted(path.name for path in folder.iterdir()) == [NAME, "a.txt", "b.txt", "d.txt"]
    assert plan(folder, {"a.txt": "a", "b.txt": "changed", "d.txt": "d"}).pending == ()


def test_files_that_do_not_change_keep_their_times(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    write(folder, {"a.txt": "a", "b.txt": "b"})
    os.utime(folder / "a.txt", (1, 1))
    write(folder, {"a.txt": "a", "b.txt": "other"})
    assert (folder / "a.txt").stat().st_mtime == 1


def test_an_edited_file_is_refused_and_stays(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    write(folder, {"a.txt": "a"})
    (folder / "a.txt").write_text("mine")
    report = Report()
    plan(folder, {"a.txt": "b"}, report=report)
    assert [diagnostic.code for diagnostic in report] == ["edited-file"]
    write_plan(plan(folder, {"a.txt": "b"}, force=True))
    assert (folder / "a.txt").read_text() == "b"


def test_a_file_of_somebody_else_is_never_overwritten_or_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    (folder / "a.txt").write_text("mine too")
    report = Report()
    plan(folder, {"a.txt": "a"}, report=report)
    assert [diagnostic.code for diagnostic in report] == ["foreign-file"]
    write(folder, {"b.txt": "b"})
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "a.txt").read_text() == "mine too"


def test_a_foreign_file_that_says_the_same_is_adopted(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    report = Report()
    assert actions(plan(folder, {"a.txt": "a"}, report=report)) == {"a.txt": Action.SAME}
    assert not report.failed


def test_the_manifest_lists_every_file_with_its_digest(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    write(folder, {"a.txt": "a"})
    manifest = read_manifest(folder)
    assert manifest is not None
    assert manifest.files == {"a.txt": OutputFile("a.txt", "a").digest}


@pytest.mark.parametrize("path", ["../a", "/a", "a/../b", "a//b", "", ".", "a\\b", "C:a"])
def test_paths_that_leave_the_folder_are_known(path: str) -> None:
    assert escapes(path)


def test_names_that_differ_in_case_only_are_found() -> None:
    assert collisions(["a/B.py", "a/b.py"]) == [("a/B.py", "a/b.py")]


def test_the_diff_shows_lines(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    write(folder, {"a.txt": "one\ntwo\n"})
    lines = list(plan(folder, {"a.txt": "one\nthree\n"}).diff())
    assert "-two" in lines
    assert "+three" in lines


def test_a_failed_write_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "package"
    write(folder, {"a.txt": "a"})
    made = plan(folder, {"a.txt": "b", "c.txt": "c"})

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_plan(made)
    assert (folder / "a.txt").read_text() == "a"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package"]


_WRITER = """
import sys
sys.path.insert(0, {source!r})
from pathlib import Path
from test_plan_and_write import write
folder = Path({folder!r})
for turn in range(10**6):
    write(folder, {{f"m{{n}}.py": f"{{turn % 2}}" for n in range(60)}})
"""


def test_a_killed_writer_leaves_a_whole_folder(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    for round_ in range(6):
        program = _WRITER.format(source=str(Path(__file__).parent), folder=str(folder))
        with subprocess.Popen([sys.executable, "-c", program]) as process:
            while not folder.exists():
                time.sleep(0.01)
            time.sleep(0.05 + 0.037 * round_)
            process.send_signal(signal.SIGKILL)
        assert {path.read_text() for path in folder.glob("m*.py")} in ({"0"}, {"1"})
        assert len(list(folder.glob("m*.py"))) == 60
    write(folder, {"a.txt": "a"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package"]
