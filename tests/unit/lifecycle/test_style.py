"""``format = "project"``: a formatter of the project finds nothing to do, whatever it is configured for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bothends.output.formatting import ruff
from support.documents import SPECS

Call = Callable[..., tuple[int, str, str]]
STYLES = {
    "wide": "line-length = 120\n",
    "narrow": "line-length = 72\n[format]\nskip-magic-trailing-comma = true\n",
    "single quotes": "line-length = 100\n[format]\nquote-style = 'single'\n",
    "tabs": "[format]\nindent-style = 'tab'\ndocstring-code-format = true\n",
    "two spaces, and line ends of Windows": "indent-width = 2\n[format]\nline-ending = 'cr-lf'\n",
    "left out": "exclude = ['pets']\nextend-exclude = ['schemas']\n[format]\nexclude = ['*.py']\n",
}


@pytest.fixture
def styled(project: Path) -> Path:
    config = project / "bothends.toml"
    config.write_text(config.read_text() + 'format = "project"\n')
    return project


def finds_nothing(folder: Path, *command: str) -> bool:
    done = subprocess.run(
        [ruff(), *command, "--no-cache", "-q"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode == 0


@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_the_formatter_of_the_project_finds_nothing_to_do(style: str, styled: Path, bothends: Call) -> None:
    (styled / "ruff.toml").write_text(style)
    code, _, err = bothends("generate", "-q")
    assert code == 0, err
    plain = style.partition("exclude")[0]  # left out or not
    (styled / "ruff.toml").write_text(plain)
    assert finds_nothing(styled, "format", "--check", ".")
    assert finds_nothing(styled, "check", ".")
    (styled / "ruff.toml").write_text(style)
    assert "nothing to do" in bothends("generate")[1]
    assert bothends("check", "--fresh")[0] == 0


def test_the_nearest_configuration_governs(styled: Path, bothends: Call) -> None:
    (styled / "bothends.toml").write_text((styled / "bothends.toml").read_text().replace('"pets"', '"src/acme/pets"'))
    (styled / "pyproject.toml").write_text("[tool.ruff]\nline-length = 40\n")
    (styled / "src").mkdir()
    (styled / "src/pyproject.toml").write_text('[project]\nname = "acme"\nversion = "1"\n')
    (styled / "base.toml").write_text("[format]\nquote-style = 'single'\n")
    (styled / "src/.ruff.toml").write_text("extend = '../base.toml'\nline-length = 100\n")
    assert bothends("generate", "-q")[0] == 0
    assert finds_nothing(styled, "format", "--check", ".")
    assert "'/pets'" in (styled / "src/acme/pets/operations/pets.py").read_text()
    (styled / "base.toml").write_text("[format]\nquote-style = 'double'\n")
    code, out, _ = bothends("check")
    assert code == 1
    assert "as configured (" in out
    assert "which is all that differs" in out


def test_without_a_configuration_the_style_is_our_own(styled: Path, bothends: Call) -> None:
    assert bothends("generate", "-q")[0] == 0
    before = {path.name: path.read_bytes() for path in (styled / "pets/schemas").iterdir()}
    (styled / "bothends.toml").write_text((styled / "bothends.toml").read_text().replace("project", "isolated"))
    (styled / "ruff.toml").write_text("line-length = 40\n")
    assert bothends("generate", "-q")[0] == 0
    assert {path.name: path.read_bytes() for path in (styled / "pets/schemas").iterdir()} == before


def test_a_configuration_that_cannot_be_read(styled: Path, bothends: Call) -> None:
    (styled / "ruff.toml").write_text("line-length = [\n")
    for command in ("generate", "check"):
        code, _, err = bothends(command)
        assert code == 2
        assert "ruff.toml cannot be read" in err
    assert not (styled / "pets").exists()


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_type_checkers_find_nothing_either(style: str, styled: Path, bothends: Call) -> None:
    """Comments that speak to type checkers stay where they belong when lines are broken elsewhere."""
    (styled / "ruff.toml").write_text(style)
    harbour = next(path for path in SPECS if path.parent.name == "harbour")
    (styled / "bothends.toml").write_text(f'[[targets]]\nspec = "{harbour}"\noutput = "harbour"\nformat = "project"\n')
    assert bothends("generate", "-q")[0] == 0
    mypy = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.11", "harbour"]
    done = subprocess.run(mypy, cwd=styled, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    (styled / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "pythonVersion": "3.11"}')
    pyright = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "harbour"]
    done = subprocess.run(pyright, cwd=styled, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
