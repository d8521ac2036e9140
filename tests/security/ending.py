"""How a run over a hostile document has to end: with a package that can be imported, or with a message and nothing."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import bothends.runtime
from bothends.cli.main import run
from bothends.diagnostics.codes import CODES
from bothends.diagnostics.model import DocumentError
from security.forked import Ended, forked
from security.generating import Generated, generate, loaded
from security.hostile.case import Hostile

PACKAGE = "probe"
#: Stands in files that no document may reach.
SECRET = "kept-outside-of-the-folder"
_CODE = re.compile(r"(?:error|warning)\[([a-z-]+)\]")
#: A message is for people: nobody reads more, however many are wrong with a document.
_MOST_SAID = 4_000_000


@dataclass(frozen=True)
class Outcome:
    """A run of the command line over one case: how it ended, how importing the package did, what is wrong with both."""

    case: str
    generated: Ended
    imported: Ended | None
    faults: tuple[str, ...]


def outcome(case: Hostile, command: Sequence[str] = ("generate",)) -> Outcome:
    """Generate a package from a case in a process of its own, and import it in another."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        root = Path(folder, "above", "input")
        root.mkdir(parents=True)
        Path(folder, "outside.json").write_text(f'"{SECRET}"')
        spec, output = case.write(root), Path(folder, "output", PACKAGE)
        before = _listed(Path(folder))
        arguments = [*command, spec.name, "-o", str(output), *case.arguments]
        ended = forked(lambda: run(arguments), cwd=root)
        faults = [*_faults(ended), *_stray(before, Path(folder), ended.code)]
        imported = None
        if ended.code == 0 and not faults:
            faults += _leaks(output)
            imported = forked(lambda: _import(output), cwd=Path(folder))
            if imported.code != 0:
                faults.append(f"the package cannot be imported: {imported.said[-600:]}")
    return Outcome(case.name, ended, imported, tuple(faults))


def faults_in_memory(case: Hostile, *, whole: bool) -> list[str]:
    """Generate from a case without writing; ``whole``: the package is imported as well, not only compiled."""
    try:
        made = generate(next(iter(case.files.values())))
        if isinstance(made, DocumentError):
            return [] if made.diagnostics else ["an error without a diagnostic"]
        for path, text in made.files.items():
            if path.endswith(".py"):
                ast.parse(text)
        if whole:
            _load(made)
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]
    return []


def _load(made: Generated) -> None:
    with loaded(made.files) as modules:
        modules["server"].create_app()


def _faults(ended: Ended) -> Iterator[str]:
    if ended.code not in (0, 2):
        yield f"ended with {ended.code}: {ended.said[-600:]}"
    if ended.code == 2 and not CODES.keys() & set(_CODE.findall(ended.said)):
        yield f"no code in the message: {ended.said[:300]}"
    if "Traceback (most recent call last)" in ended.said:
        yield f"a traceback: {ended.said[-600:]}"
    if len(ended.said) > _MOST_SAID:
        yield f"said {len(ended.said):,} characters"
    if SECRET in ended.said or "root:x:0:0" in ended.said:
        yield "told what stands outside of the folder"


def _stray(before: set[str], folder: Path, code: int) -> Iterator[str]:
    new = {path for path in _listed(folder) - before if code == 2 or not path.startswith("output")}
    if new:
        yield f"wrote {sorted(new)[:5]}"


def _leaks(output: Path) -> Iterator[str]:
    for path in output.rglob("*"):
        if path.is_file() and "_runtime" not in path.parts:
            text = path.read_bytes()
            if SECRET.encode() in text or b"root:x:0:0" in text:
                yield f"{path.name} holds what stands outside of the folder"


def _listed(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def _import(package: Path) -> int:
    """Import every module of a package; its runtime is the one that is here, which is the same."""
    sys.dont_write_bytecode = True
    for name, module in list(sys.modules.items()):
        if name == "bothends.runtime" or name.startswith("bothends.runtime."):
            sys.modules[f"{PACKAGE}._runtime{name.removeprefix('bothends.runtime')}"] = module
    sys.path.insert(0, str(package.parent))
    made = importlib.import_module(PACKAGE)
    made.__dict__["_runtime"] = bothends.runtime
    for found in pkgutil.walk_packages(made.__path__, f"{PACKAGE}."):
        if not found.name.startswith(f"{PACKAGE}._runtime"):
            importlib.import_module(found.name)
    importlib.import_module(f"{PACKAGE}.server").create_app()
    return 0
