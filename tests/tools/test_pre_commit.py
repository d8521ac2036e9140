"""The hooks, run by the real pre-commit in a repository that has a generated package in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from support.split_documents import write_documents, write_fragment

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
OURS = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "src", "templates")
CONFIG = """\
repos:
  - repo: {hooks}
    rev: {revision}
    hooks:
      - id: bothends-validate
        files: ^specs/[a-z]+\\.yaml$
      - id: bothends-check
      - id: bothends-generate
        stages: [manual]
"""
SETTINGS = """\
[[targets]]
spec = "specs/pets.yaml"
output = "acme/pets"
"""


class Repository:
    """A repository under git, and pre-commit in it."""

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        self.root = root
        self._environment = {key: value for key, value in environment.items() if not key.startswith("PYTHON")}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.root, env=self._environment, capture_output=True, text=True, check=False
        )

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.com")
        done = self.run("git", *identity, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--no-verify", "-m", "State")

    def hook(self, name: str, *arguments: str) -> tuple[int, str]:
        """Stage everything and run a hook as a commit would."""
        self.git("add", "-A")
        done = self.run("pre-commit", "run", name, *arguments)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what a release of bothends has in it."""
    folder = tmp_path_factory.mktemp("hooks") / "bothends"
    folder.mkdir()
    for name in OURS:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, folder / name)
    return folder


@pytest.fixture
def repository(
    hooks: Path, tmp_path: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Repository:
    environment = {**environment, "PRE_COMMIT_HOME": str(tmp_path_factory.getbasetemp() / "pre-commit")}
    release = Repository(hooks, environment)
    if not (hooks / ".git").exists():
        release.git("init", "-q")
        release.commit()
    found = Repository(tmp_path, environment)
    found.git("init", "-q")
    write_documents(tmp_path / "specs")
    (tmp_path / "bothends.toml").write_text(SETTINGS)
    (tmp_path / "README.md").write_text("Pets\n")
    text = CONFIG.format(hooks=hooks, revision=release.git("rev-parse", "HEAD"))
    (tmp_path / ".pre-commit-config.yaml").write_text(text)
    code, said = found.hook("bothends-generate", "--hook-stage", "manual", "--all-files")
    assert code == 1, said  # the package was not there
    found.commit()
    return found


def test_a_session(repository: Repository) -> None:
    root = repository.root
    assert (root / "acme/pets/schemas/item.py").is_file()

    code, said = repository.hook("bothends-check", "--all-files")
    assert (code, "Passed" in said) == (0, True), said

    (root / "README.md").write_text("Pets, and how to keep them\n")
    code, said = repository.hook("bothends-check")
    assert (code, "Skipped" in said) == (0, True), said
    repository.commit()

    # Drift: fails with the difference, and writes nothing.
    write_fragment(root / "specs", "pets", "nick")
    code, said = repository.hook("bothends-check")
    assert code == 1
    assert "+    nick: str" in said
    assert "specs" in said or "pets/item.yaml has changed" in said
    assert "nick" not in (root / "acme/pets/schemas/item.py").read_text()

    # Asked to, it mends; the second run has nothing to do.
    code, said = repository.hook("bothends-generate", "--hook-stage", "manual")
    assert code == 1, said
    assert "nick" in (root / "acme/pets/schemas/item.py").read_text()
    code, said = repository.hook("bothends-generate", "--hook-stage", "manual")
    assert (code, "Passed" in said) == (0, True), said
    code, said = repository.hook("bothends-check")
    assert (code, "Passed" in said) == (0, True), said
    repository.commit()

    # An edit by hand.
    path = root / "acme/pets/schemas/item.py"
    path.write_text(path.read_text() + "mine = 1\n")
    code, said = repository.hook("bothends-check")
    assert code == 1
    assert "-mine = 1" in said
    assert "was edited by hand" in said

    # A document that is wrong.
    (root / "specs/owners.yaml").write_text("openapi: 3.1.0\ninfo: [\n")
    code, said = repository.hook("bothends-validate")
    assert code == 1
    assert "specs/owners.yaml:" in said
    assert "invalid-yaml" in said
