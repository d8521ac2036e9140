"""Reading the configuration: defaults, and every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bothends.config.limits import Limits
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
        (TARGET + "names = {a = 1}\n", "bothends.toml", "there is no kind 'a' here"),
        (TARGET + "names = {types = 1}\n", "bothends.toml", "names.types must be a table of strings"),
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


def test_what_may_be_read(tmp_path: Path) -> None:
    path = tmp_path / "bothends.toml"
    path.write_text(
        'allow_hosts = ["api.example.com", "localhost:8000"]\nallow_folders = ["../shared"]\n'
        '[headers."api.example.com"]\nAuthorization = "Bearer ${TOKEN}"\n[limits]\ndepth = 50\n'
        '[[targets]]\nspec = "https://api.example.com/a.yaml"\noutput = "o"\n'
        'overlays = ["fixes.yaml", "https://api.example.com/b.yaml"]\n'
    )
    config = read_config(path)
    (target,) = config.targets
    assert target.reading == config.reading
    assert target.reading.hosts == ("api.example.com", "localhost:8000")
    assert target.reading.folders == (tmp_path / "../shared",)
    assert target.reading.headers == {"api.example.com": {"Authorization": "Bearer ${TOKEN}"}}
    assert target.reading.limits == Limits(depth=50)
    assert target.spec == "https://api.example.com/a.yaml"
    assert target.overlays == (str(tmp_path / "fixes.yaml"), "https://api.example.com/b.yaml")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('allow_hosts = "x"\n', 1, "allow_hosts must list texts"),
        ('strict = true\nallow_hosts = ["https://x.org"]\n', 2, "'https://x.org' is not a host"),
        ('allow_hosts = ["x.org/path"]\n', 1, "'x.org/path' is not a host"),
        ('[headers."x.org"]\nA = "b"\n', 1, "there are headers for 'x.org', which allow_hosts does not name"),
        ("headers = 3\n", 1, 'headers must be tables of strings, written [headers."api.example.com"]'),
        ("limits = 3\n", 1, "limits must be a table"),
        ("[limits]\ndepth = 0\n", 2, "depth must be a whole number above 0"),
        ("[limits]\nnodes = true\n", 2, "nodes must be a whole number above 0"),
        ("[limits]\ndigits = 5000\n", 2, "digits can be at most 4,000"),
        ("[limits]\ndeep = 5\n", 2, "there is no key 'deep' here"),
        ("strikt = true\n", 1, "there is no key 'strikt' here"),
        (TARGET + "overlays = [1]\n", 4, "overlays must list texts"),
    ],
)
def test_mistakes_about_what_may_be_read(tmp_path: Path, text: str, line: int, message: str) -> None:
    assert [found[:2] for found in problems(tmp_path, text)] == [(line, message)]
