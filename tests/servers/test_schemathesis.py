"""Schemathesis finds nothing to complain about: every document as a mock, and a server that a team would write.

``python tests/servers/test_schemathesis.py --examples 200 --seeds 1,2,3`` makes the long run, and prints summaries.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.contract_tests import SECRET, Outcome, command, run
from support.documents import SPECS, load
from support.packages import started

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(command() is None, reason="needs uvx, or SCHEMATHESIS with the path of the tool"),
]

_NAMES = [spec.parent.name for spec in SPECS]
#: What can only hold where something is remembered.
_OF_MEMORY = "use_after_free,ensure_resource_availability"
#: Only for the long run, on a machine that has nothing else to do.
_PROMPT = ("--max-response-time", "1")
#: The phase that is left out tries thousands of combinations, whatever the number of examples asked for.
_QUICK = ("--phases", "examples,fuzzing,stateful")


@pytest.mark.parametrize("spec", SPECS, ids=_NAMES)
def test_the_mock_is_what_the_document_says(spec: Path, tmp_path: Path) -> None:
    _hold(against_mock(spec, tmp_path, examples=5, seed=1, more=_QUICK))


def test_the_mock_without_a_memory_is_too(tmp_path: Path) -> None:
    spec = next(spec for spec in SPECS if spec.parent.name == "harbour")
    more = (*_QUICK, "--exclude-checks", _OF_MEMORY)
    _hold(against_mock(spec, tmp_path, examples=5, seed=1, more=more, options=()))


def test_a_server_with_handlers_is_too(tmp_path: Path) -> None:
    _hold(against_architect(tmp_path, examples=10, seed=1))


def against_mock(
    spec: Path,
    folder: Path,
    *,
    examples: int,
    seed: int,
    more: tuple[str, ...] = (),
    options: tuple[str, ...] = ("--stateful",),
) -> Outcome:
    """Run against ``bothends serve``, once what can be cured in the document is."""
    folder.mkdir(parents=True, exist_ok=True)
    fixes = folder / "fixes.yaml"
    said = [sys.executable, "-m", "bothends", "validate", str(spec), "--fixes", str(fixes), "-q"]
    subprocess.run(said, check=True, capture_output=True)
    if fixes.is_file():
        options = (*options, "--overlay", str(fixes))
    serve = [sys.executable, "-m", "bothends", "serve", str(spec), "--port", "0", "--credential", SECRET, *options]
    with started(serve) as url:
        return run(url, load(spec), folder, examples=examples, seed=seed, more=more)


def against_architect(folder: Path, *, examples: int, seed: int, more: tuple[str, ...] = ()) -> Outcome:
    """Run against the server in ``architect/``, with a database of its own."""
    spec = next(spec for spec in SPECS if spec.parent.name == "architect-customer-api")
    package = folder / "architect"
    generate = [sys.executable, "-m", "bothends", "generate", str(spec), "-o", str(package), "-q"]
    subprocess.run(generate, check=True, capture_output=True)
    main = Path(__file__).parent / "architect/main.py"
    with started([sys.executable, str(main), str(folder), SECRET], path=folder) as url:
        return run(url, load(spec), folder, examples=examples, seed=seed, more=more)


def _hold(outcome: Outcome) -> None:
    assert outcome.code == 0, outcome.text
    assert outcome.generated > 0, outcome.text


def _main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--examples", type=int, default=200)
    options.add_argument("--seeds", default="1,2,3")
    options.add_argument("names", nargs="*", default=[*_NAMES, "handlers"])
    given = options.parse_args()
    failed = 0
    for name in given.names:
        for seed in map(int, given.seeds.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                outcome = _named(name, Path(folder), given.examples, seed)
            print(f"== {name}, seed {seed}\n{outcome.summary if outcome.code == 0 else outcome.text}", flush=True)  # noqa: T201
            failed += outcome.code != 0
    return failed


def _named(name: str, folder: Path, examples: int, seed: int) -> Outcome:
    if name == "handlers":
        return against_architect(folder, examples=examples, seed=seed, more=_PROMPT)
    spec = next(spec for spec in SPECS if spec.parent.name == name)
    return against_mock(spec, folder, examples=examples, seed=seed, more=_PROMPT)


if __name__ == "__main__":
    sys.exit(_main())
