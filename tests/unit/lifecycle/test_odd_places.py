"""Places and moments that are not as usual: files in the way, other line ends, other locales, editors at work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bothends.config.read import read_config
from bothends.diagnostics.model import Report
from bothends.output import write
from bothends.output.manifest import read_manifest
from bothends.output.paths import collisions
from bothends.output.plan import Plan
from bothends.output.single import write_file
from bothends.output.write import OutdatedPlanError, write_plan
from bothends.pipeline import Session

Call = Callable[..., tuple[int, str, str]]
NICK = "Pet: {type: object, properties: {nick: {type: string}}}\n"


def plan() -> Plan:
    return Session(read_config(Path("bothends.toml")).targets[0], Report()).plan()


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def separate(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bothends", *arguments]
    return subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, encoding="utf-8", errors="replace", check=False
    )


@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_file_where_the_package_belongs(command: str, project: Path, bothends: Call) -> None:
    (project / "pets").write_text("mine")
    code, out, err = bothends(command)
    assert (code, out) == (2, "")
    assert err.startswith("pets: error[unwritable-output]: cannot be written: Not a directory\n")
    assert "a file is in the way" in err
    assert (project / "pets").read_text() == "mine"


def test_a_file_above_the_package(project: Path, bothends: Call) -> None:
    code, _, err = bothends("generate", "openapi.yaml", "-o", "openapi.yaml/pets")
    assert (code, "a file is in the way" in err) == (2, True)


@pytest.mark.parametrize(
    ("output", "message"),
    [("", "is empty"), ("/", "the root of the file system"), ("loop", "in a circle"), ("loop/pets", "in a circle")],
)
def test_no_folder_at_all(output: str, message: str, project: Path, bothends: Call) -> None:
    (project / "loop").symlink_to("loop")
    code, _, err = bothends("generate", "openapi.yaml", "-o", output)
    assert code == 2
    assert "error[invalid-call]" in err
    assert message in err


def test_a_current_folder_that_is_gone(project: Path) -> None:
    (project / "gone").mkdir()
    program = "import os, sys; os.rmdir(os.getcwd()); from bothends.cli.main import run; sys.exit(run(['check']))"
    done = subprocess.run([sys.executable, "-c", program], cwd="gone", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.startswith("the current folder is not there any more")) == (2, True)


def test_the_current_folder_is_the_package(project: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is replaced; the process goes on in the new one, and says what a shell has to do."""
    assert bothends("generate", "-q")[0] == 0
    (project / "parts/pet.yaml").write_text(NICK)
    monkeypatch.chdir(project / "pets")
    code, out, _ = bothends("generate", "../openapi.yaml", "-o", ".", "--package", "pets", "--depfile", "made.d")
    assert (code, "`cd .` leads to the new one" in out) == (0, True)
    assert (project / "pets/made.d").is_file()
    assert Path.cwd().samefile(project / "pets")


def test_outputs_within_each_other(project: Path, bothends: Call) -> None:
    text = (project / "bothends.toml").read_text()
    (project / "bothends.toml").write_text(text + '[[targets]]\nspec = "openapi.yaml"\noutput = "pets/inner"\n')
    code, _, err = bothends("generate")
    assert code == 2
    assert "bothends.toml:6:10: error[invalid-configuration]: the output folder lies within that of another" in err


def with_windows_ends(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def test_line_ends_that_git_changed_are_no_edit(project: Path, bothends: Call) -> None:
    """As git does on Windows, with documents and packages alike."""
    assert bothends("generate", "-q")[0] == 0
    for folder in ("pets", "parts"):
        with_windows_ends(project / folder)
    assert bothends("check") == (0, "pets: up to date\n", "")
    assert bothends("check", "--offline")[0] == 0
    assert bothends("check", "--fresh")[0] == 0
    said = bothends("check", "-v", "--fresh")[2]
    assert "pets: note[reformatted-file]: the lines of" in said
    assert "pets/** text=auto eol=lf" in said
    assert "nothing to do" in bothends("generate", "--fresh")[1]
    assert b"\r\n" in (project / "pets/__init__.py").read_bytes()
    (project / "parts/pet.yaml").write_text(NICK)
    assert bothends("generate")[0] == 0
    assert "nick" in (project / "pets/schemas/pet.py").read_text()
    assert bothends("check")[0] == 0


def test_an_edit_among_other_line_ends_is_one(project: Path, bothends: Call) -> None:
    assert bothends("generate", "-q")[0] == 0
    with_windows_ends(project / "pets")
    pet = project / "pets/schemas/pet.py"
    pet.write_bytes(pet.read_bytes() + b"mine = 1\r\n")
    code, out, _ = bothends("check")
    assert (code, "was edited by hand" in out) == (1, True)
    assert bothends("check", "--offline")[0] == 1


@pytest.mark.parametrize("name", ["schemas/pet.py", "notes.md"])
def test_what_an_editor_saves_while_a_package_is_built_is_kept(
    name: str, project: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Editors write another file and rename it: a hard link to the old one does not see that."""
    assert bothends("generate", "-q")[0] == 0
    (project / "parts/pet.yaml").write_text(NICK)
    path = project / "pets" / name

    def saved(made: Plan, new: Path) -> None:
        (project / "saved").write_text("mine = 1\n")
        (project / "saved").rename(path)

    monkeypatch.setattr(write, "_check", saved)
    with pytest.raises(OutdatedPlanError):
        write_plan(plan())
    assert path.read_text() == "mine = 1\n"
    assert hidden(project) == []


def test_the_package_is_on_the_disk_before_it_is_published(
    project: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bothends("generate", "-q")[0] == 0
    (project / "parts/pet.yaml").write_text(NICK)
    made = plan()
    done: list[str] = []
    flush, exchange, remove = os.fsync, write.exchange, write.shutil.rmtree

    def fsync(descriptor: int) -> None:
        done.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        flush(descriptor)

    def exchanged(one: Path, other: Path) -> bool:
        done.append("exchange")
        return exchange(one, other)

    def removed(folder: Path, **options: Any) -> None:
        done.append("remove")
        remove(folder, **options)

    monkeypatch.setattr("bothends.output.durable._FEW", 1000)
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(write, "exchange", exchanged)
    monkeypatch.setattr(write.shutil, "rmtree", removed)
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("what is flushed cannot be seen here")
    write_plan(made)
    before = done[: done.index("exchange")]
    new = project / ".pets.bothends-new"
    assert {str(new / change.path) for change in made.pending} < set(before)
    assert str(new) in before
    assert done[done.index("exchange") :] == ["exchange", str(project), "remove"]


def test_many_files_are_flushed_at_once(project: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bothends.output.durable._flush_file_system", lambda folder: False)
    assert bothends("generate", "-q")[0] == 0  # one by one, where the system has no call for all


def test_temporary_files_of_a_killed_run_go_with_the_next(
    project: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(project / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    program = (
        "import os\nfrom bothends.output.workspace import workspace\n"
        "with workspace() as folder:\n    (folder / 'half.py').touch()\n    os.kill(os.getpid(), 9)\n"
    )

    def kill() -> None:
        subprocess.run([sys.executable, "-c", program], check=False)
        assert len(list((project / "temporary").iterdir())) == 2

    kill()
    assert bothends("generate", "-q")[0] == 0
    assert list((project / "temporary").iterdir()) == []
    kill()
    assert "nothing to do" in bothends("generate")[1]
    assert list((project / "temporary").iterdir()) == []


def test_temporary_files_of_a_run_that_is_at_work_stay(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bothends.output.workspace import sweep, workspace

    monkeypatch.setattr("tempfile.tempdir", str(project))
    monkeypatch.setenv("TMPDIR", str(project))
    with workspace() as folder:
        sweep()
        assert folder.is_dir()
        assert len(hidden(project)) == 1
    assert (folder.exists(), hidden(project)) == (False, [])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no files in memory")
@pytest.mark.parametrize(
    ("plenty", "told", "place"), [(1, False, "memory"), (2**60, False, "disk"), (1, True, "disk")], ids=str
)
def test_temporary_files_are_in_memory_if_there_is_plenty(
    plenty: int, told: bool, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bothends.output import workspace

    for name in ("memory", "disk"):
        (tmp_path / name).mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.delenv(name, raising=False)
    if told:
        monkeypatch.setenv("TMPDIR", str(tmp_path / "disk"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "disk"))
    monkeypatch.setattr(workspace, "_MEMORY", str(tmp_path / "memory"))
    monkeypatch.setattr(workspace, "_PLENTY", plenty)
    with workspace.workspace() as folder:
        assert folder.parent == tmp_path / place
    assert list((tmp_path / place).iterdir()) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_told_to_end_cleans_up(number: int, code: int, project: Path) -> None:
    (project / "temporary").mkdir()
    program = (
        "import sys, time; from bothends.output import write; write._check = lambda *_: time.sleep(60)\n"
        "from bothends.__main__ import main; sys.argv = ['bothends', 'generate']; main()"
    )
    environment = {**os.environ, "TMPDIR": str(project / "temporary")}
    with subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True, env=environment) as run:
        while not (project / ".pets.bothends-new").exists():
            time.sleep(0.01)
        run.send_signal(number)
        assert run.stderr is not None
        assert run.stderr.read() == "interrupted: every package is what it was, or what it was to be\n"
    assert run.returncode == code
    assert hidden(project) == []
    assert not (project / "pets").exists()
    assert list((project / "temporary").iterdir()) == []


def test_a_check_during_a_run_sees_no_half_package(
    project: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is compared is read while another run publishes: it is compared once more."""
    assert bothends("generate", "-q")[0] == 0
    (project / "parts/pet.yaml").write_text(NICK)
    compare = Session.plan
    looks: list[str] = []

    def late(session: Session, **options: Any) -> Plan:
        found = compare(session, **options)
        if not looks:
            looks.append("first")
            assert separate("generate", "-q").returncode == 0
        return found

    monkeypatch.setattr(Session, "plan", late)
    assert bothends("check", "--fresh")[:2] == (0, "pets: up to date\n")
    assert looks


def test_a_long_difference_is_cut(project: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bothends.cli.check._MOST_LINES", 5)
    assert bothends("generate", "-q")[0] == 0
    (project / "parts/pet.yaml").write_text(NICK)
    code, out, _ = bothends("check")
    assert code == 1
    assert out.splitlines()[5].startswith("... and ")
    assert out.splitlines()[5].endswith(" more lines; --diff shows them all")
    assert "+    nick:" in bothends("check", "--diff")[1]


C = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_a_locale_without_unicode(project: Path) -> None:
    (project / "openapi.yaml").write_text((project / "openapi.yaml").read_text().replace("Pets", "Größe"), "utf-8")
    done = separate("generate", "openapi.yaml", "-o", "größe", **C)
    assert (done.returncode, done.stderr) == (0, "")
    assert (project / "größe/__init__.py").is_file()
    assert separate("check", "openapi.yaml", "-o", "größe").stdout == "größe: up to date\n"
    (project / "bothends.toml").write_text('[[targets]]\nspec = "openapi.yaml"\noutput = "größe"\n', "utf-8")
    done = separate("check", **C)
    assert done.returncode == 2
    assert done.stderr.startswith("the locale cannot express")
    assert "PYTHONUTF8=1" in done.stderr
    done = separate("diff", "openapi.yaml", "openapi.yaml", "--format", "html", **C)
    assert "openapi.yaml → openapi.yaml" in done.stdout


def test_names_that_differ_in_case_only_are_files_that_any_system_tells_apart(project: Path, bothends: Call) -> None:
    names = ("Pet", "pet", "PET", "Pets", "CON", "aux")
    schemas = "".join(f"    {name}: {{type: object, properties: {{a: {{type: string}}}}}}\n" for name in names)
    text = (project / "openapi.yaml").read_text()
    (project / "openapi.yaml").write_text(f"{text}components:\n  schemas:\n{schemas}")
    assert bothends("generate", "-q")[0] == 0
    made = read_manifest(project / "pets")
    assert made is not None
    assert len([path for path in made.files if path.startswith("schemas/")]) >= len(names)
    assert collisions(made.files) == []
    assert not {Path(path).stem for path in made.files} & {"con", "aux"}


def test_a_single_file_is_written_wholly_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lock"
    write_file(path, "old\n")
    path.chmod(0o640)
    write_file(path, "new\n")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new\n", 0o640)

    def full(self: Path, data: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_file(path, "newer\n")
    assert path.read_text() == "new\n"
    assert [found.name for found in tmp_path.iterdir()] == ["lock"]
