"""Reading the configuration: defaults, and every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bothends.config.read import find_config, read_config
from bothends.diagnostics.model import DocumentError

TARGET = '[[targets]]\nspec = "a.yaml"\noutput = "out/pkg"\n'


def read(tmp_path: Path, text: str, name: str = "bothends.toml") -> object:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_config(path)


def problems(tmp_path: Path, text: str) -> list[tuple[int | None, str, str | None]]:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, text)
    return [
        (found.location.line if found.location else None, found.message, found.hint)
        for found in caught.value.diagnostics
    ]


def test_defaults(tmp_path: Path) -> None:
    path = tmp_path / "bothends.toml"
    path.write_text(TARGET)
    config = read_config(path)
    (target,) = config.targets
    assert target.spec == str(tmp_path / "a.yaml")
    assert target.output == tmp_path / "out/pkg"
    assert target.package == "pkg"
    assert target.parts == ("schemas", "client", "server")
    assert target.styles == ("sync", "async")
    assert not config.strict


def test_pyproject_is_read_and_found_from_below(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text('[[tool.bothends.targets]]\nspec = "a"\noutput = "b"\nparts = ["client"]\n')
    below = tmp_path / "deep" / "er"
    below.mkdir(parents=True)
    assert find_config(below) == path
    assert read_config(path).targets[0].parts == ("client",)


def test_a_wrong_key_is_reported_with_the_nearest(tmp_path: Path) -> None:
    found = problems(tmp_path, TARGET + 'ouput = "x"\n')
    assert found == [(4, "there is no key 'ouput' here", "did you mean output?")]


def test_every_problem_is_reported_in_one_run(tmp_path: Path) -> None:
    text = TARGET + 'parts = ["server", "nothing"]\n' + '[[targets]]\nspec = 3\noutput = "o"\ntypeless = "x"\n'
    assert [line for line, _, _ in problems(tmp_path, text)] == [4, 6, 8]


def test_broken_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    ((line, _, _),) = problems(tmp_path, "[[targets]]\nspec = \n")
    assert line == 2


def test_two_targets_do_not_share_an_output(tmp_path: Path) -> None:
    found = problems(tmp_path, TARGET + '[[targets]]\nspec = "b.yaml"\noutput = "out/../out/pkg"\n')
    assert found == [(6, "each target needs an output folder of its own", None)]


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ('strict = "no"\n', "bothends.toml", "strict must be true or false"),
        ("targets = 3\n", "bothends.toml", "targets must be an array of tables, written [[tool.bothends.targets]]"),
        (TARGET + "names = {a = 1}\n", "bothends.toml", "names must be a table of strings"),
        ("[tool]\nbothends = 3\n", "pyproject.toml", "tool.bothends must be a table"),
    ],
)
def test_a_value_of_another_kind_is_reported(tmp_path: Path, text: str, name: str, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, text, name)
    assert [found.message for found in caught.value.diagnostics] == [message]


def test_bytes_that_are_no_text_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "bothends.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(DocumentError, match="cannot be read"):
        read_config(path)
