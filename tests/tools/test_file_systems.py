"""Real file systems that refuse: read-only, full, mounted within; and folders that belong to somebody else.

Each gets one located answer, and the package stays byte for byte what it was. Mounts are made in a name space of their
own, which takes root.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.versions import digest_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="mounts are made as on Linux"),
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount"),
    pytest.mark.skipif(shutil.which("unshare") is None, reason="there is no unshare"),
]

ROOT = Path(__file__).parents[2]
#: A process of root that may do only what any owner may.
OWNER = "setpriv --bounding-set=-dac_override,-dac_read_search,-fowner,-chown"
SOMEBODY = 65534


@dataclass
class Said:
    """What a script printed, and its exit code: that of its last command."""

    code: int
    text: str

    def refuses(self, place: str, reason: str, advice: str) -> None:
        assert self.code == 2, self.text
        assert f"{place}: error[unwritable-output]: cannot be written: {reason}" in self.text
        assert advice in self.text
        assert "Traceback" not in self.text


class Shell:
    """Scripts in a folder with two versions of a document, `one.yaml` and `two.yaml`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, script: str) -> Said:
        generate = f'generate() {{ {sys.executable} -m bothends generate "$1" -o "$2" -q; }}\n'
        done = subprocess.run(
            ["unshare", "-m", "bash", "-c", f"set -e\nexec 2>&1\n{generate}{script}"],
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
        )
        return Said(done.returncode, done.stdout + done.stderr)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    text = (ROOT / "specs/harbour/openapi.yaml").read_text(encoding="utf-8")
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "two.yaml").write_text(text.replace("title: ", "title: The "), encoding="utf-8")
    (tmp_path / "disk").mkdir()
    return Shell(tmp_path)


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_read_only_file_system(shell: Shell) -> None:
    shell("mount -t tmpfs none disk; mount -o remount,ro disk; generate one.yaml disk/package").refuses(
        "disk/package", "Read-only file system", "the file system is read-only"
    )
    done = shell(
        "mount -t tmpfs none disk; generate one.yaml disk/package; mount -o remount,ro disk\n"
        f"{sys.executable} -m bothends generate one.yaml -o disk/package\n"
        f"{sys.executable} -m bothends check one.yaml -o disk/package\n"
        "generate two.yaml disk/package"
    )
    assert "nothing to do" in done.text
    assert "up to date" in done.text
    done.refuses("disk/package", "Read-only file system", "mount it for writing")


def test_a_full_disk_leaves_the_old_package(shell: Shell) -> None:
    shell("mount -t tmpfs -o size=500k none disk; generate one.yaml disk/package").refuses(
        "disk/package", "No space left on device", "make room"
    )
    done = shell(
        "mount -t tmpfs -o size=4m none disk; generate one.yaml disk/package; cp -r disk/package before\n"
        "head -c 9m /dev/zero > disk/filling || true\n"
        "generate two.yaml disk/package || code=$?; cp -r disk/package after; ls -A disk; exit $code"
    )
    done.refuses("disk/package", "No space left on device", "make room")
    assert done.text.endswith("filling\npackage\n")
    assert digest_of(shell.root / "before") == digest_of(shell.root / "after")


def test_a_disk_that_is_full_of_names(shell: Shell) -> None:
    done = shell(
        "mount -t tmpfs -o nr_inodes=40 none disk; generate one.yaml disk/package || code=$?; ls -A disk; exit $code"
    )
    done.refuses("disk/package", "No space left on device", "make room")
    assert done.text.rstrip().endswith("change places")


def test_a_full_folder_for_temporary_files(shell: Shell) -> None:
    done = shell("mount -t tmpfs -o size=100k none disk; export TMPDIR=$PWD/disk; generate one.yaml package")
    done.refuses("package", "No space left on device (in the folder for temporary files, ", "in TMPDIR")
    assert not (shell.root / "package").exists()
    script = "mount -t tmpfs -o size=100k none disk; export TMPDIR=$PWD/disk\n"
    done = shell(f"{script}{sys.executable} -m bothends check one.yaml -o package")
    done.refuses("package", "No space left on device (in the folder for temporary files, ", "in TMPDIR")


def test_another_file_system_than_that_of_temporary_files(shell: Shell) -> None:
    done = shell(
        "mount -t tmpfs none disk; export TMPDIR=$PWD/disk; generate one.yaml package; generate two.yaml package\n"
        "ls -A disk; ls -A"
    )
    assert (done.code, done.text) == (0, "disk\none.yaml\npackage\ntwo.yaml\n")


def test_a_mount_point(shell: Shell) -> None:
    shell("mount -t tmpfs none disk; generate one.yaml disk").refuses("disk", "Device or resource busy", "below it")


@pytest.mark.parametrize("mount", ["mount -t tmpfs none package/data", "mount --bind data package/data"])
def test_what_is_mounted_within_a_package_is_not_removed_with_it(shell: Shell, mount: str) -> None:
    done = shell(
        f"generate one.yaml package; mkdir data package/data; {mount}; echo mine > package/data/mine\n"
        "generate two.yaml package || code=$?; cat package/data/mine; ls -A; exit $code"
    )
    done.refuses("package", "it is a mount point: ", "unmount it")
    assert done.text.endswith("mine\ndata\ndisk\none.yaml\npackage\ntwo.yaml\n")


def test_a_mounted_file(shell: Shell) -> None:
    done = shell("generate one.yaml package; touch mine package/mine; mount --bind mine package/mine\n")
    assert done.code == 0
    done = shell("mount --bind mine package/mine; generate two.yaml package")
    done.refuses("package", "it is a mount point: ", "unmount it")


def test_a_folder_above_that_may_not_be_written(shell: Shell) -> None:
    done = shell(
        f"mkdir above; chown {SOMEBODY} above\n{OWNER} {sys.executable} -m bothends generate one.yaml -o above/package"
    )
    done.refuses("above/package", "Permission denied", "the folder above the output folder has to be writable, too")


def test_what_somebody_else_cached_in_the_package(shell: Shell) -> None:
    """A server in a container runs as root, and Python writes a cache that nobody else can remove."""
    done = shell(
        f"generate one.yaml package; mkdir package/__pycache__; touch package/__pycache__/a.pyc\n"
        f"chown {SOMEBODY} package/__pycache__; cp -r package before\n"
        f"{OWNER} {sys.executable} -m bothends generate two.yaml -o package -q"
    )
    done.refuses("package", "Permission denied: ", "it belongs to somebody else")
    assert digest_of(shell.root / "before") == digest_of(shell.root / "package")
    assert hidden(shell.root) == []


def test_what_a_run_of_somebody_else_left_behind(shell: Shell) -> None:
    command = f"{OWNER} {sys.executable} -m bothends generate"
    left = f"mkdir .package.bothends-new; touch .package.bothends-new/a; chown {SOMEBODY} .package.bothends-new\n"
    done = shell(f"generate one.yaml package; {left}{command} two.yaml -o package -q")
    done.refuses("package", "what an earlier run left behind cannot be removed: Permission denied: ", "remove it")
    done = shell(f"{command} one.yaml -o package")
    assert (done.code, "nothing to do" in done.text) == (0, True), done.text
    done = shell(
        f"rm -r .package.bothends-new; touch .package.bothends-lock; chown {SOMEBODY} .package.bothends-lock\n"
        f"{command} two.yaml -o package -q"
    )
    assert (done.code, done.text) == (0, "")
    assert hidden(shell.root) == []


def test_a_package_with_a_file_that_may_not_be_read(shell: Shell) -> None:
    done = shell(
        "generate one.yaml package\n"
        f"chmod 600 package/errors/__init__.py; chown {SOMEBODY} package/errors/__init__.py\n"
        f"{OWNER} {sys.executable} -m bothends check one.yaml -o package"
    )
    done.refuses("package", "Permission denied: package/errors/__init__.py", "it belongs to somebody else")


def test_a_limit_for_the_size_of_files(shell: Shell) -> None:
    shell("ulimit -f 20; generate one.yaml package").refuses("package", "File too large", "ulimit -f")
    assert sorted(path.name for path in shell.root.iterdir()) == ["disk", "one.yaml", "two.yaml"]
