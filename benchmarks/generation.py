"""What generating costs: each document with bothends, with the peers, and the floor below which nobody can be.

The floor reads and parses the document, formats what bothends wrote with ruff, and writes it again.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from measure import Command, Cost, compare, new, remove_past, run
from peers import PEERS, Peer, install, what_is_wrong

from bothends.output.formatting import ruff

_FLOOR = """
import json, pathlib, subprocess, sys
source, made, output = map(pathlib.Path, sys.argv[1:4])
text = source.read_text(encoding="utf-8")
if source.suffix == ".json":
    json.loads(text)
else:
    import yaml
    yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
subprocess.run([sys.argv[4], "format", "--isolated", "-q", "--no-cache", str(made)], check=True)
for path in made.rglob("*"):
    if path.is_file():
        target = output / path.relative_to(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
"""


def measure(documents: Mapping[str, Path], work: Path, rounds: int, peers: int) -> dict[str, Any]:
    """Return for each document what bothends, the floor and each peer cost, and what is wrong with a peer's output.

    ``peers`` is how many rounds the peers take, which are slow; with 0 they stay away.
    """
    programs = {peer.name: install(peer, work / "peers") for peer in PEERS} if peers else {}
    try:
        return {name: _document(path, work / name, rounds, peers, programs) for name, path in documents.items()}
    finally:
        remove_past(work)


def _document(path: Path, work: Path, rounds: int, peers: int, programs: Mapping[str, Path]) -> dict[str, Any]:
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    output = work / "ours" / "package"
    ours = Command("bothends", [*_bothends(), "generate", str(path), "-o", str(output), "-q"], before=new(output))
    run(ours)
    made = work / "made"
    shutil.copytree(output, made)
    floor_output = work / "floor"
    floor = Command(
        "floor",
        [sys.executable, "-c", _FLOOR, str(path), str(made), str(floor_output), ruff()],
        before=new(floor_output),
    )
    commands = [ours, floor]
    wrong: dict[str, str] = {}
    for peer in PEERS if programs else ():
        command = _peer(peer, programs[peer.name], path, work, peers)
        if run(command).code == 0:
            wrong[peer.name] = what_is_wrong(programs[peer.name], _output(peer, work))
        commands.append(command)
    costs = compare(commands, rounds)
    return {
        "costs": {name: _row(cost) for name, cost in costs.items()},
        "wrong": wrong,
        "profile": _profile(ours, output),
        "files": sum(1 for _ in output.rglob("*.py")),
    }


def _peer(peer: Peer, programs: Path, document: Path, work: Path, rounds: int) -> Command:
    output = _output(peer, work)
    command = peer.command(programs, document.resolve(), output)
    return Command(peer.name, command, cwd=work, before=new(output), rounds=rounds)


def _output(peer: Peer, work: Path) -> Path:
    return work / "".join(character if character.isalnum() else "_" for character in peer.name) / "generated"


def _bothends() -> Sequence[str]:
    return [sys.executable, "-m", "bothends"]


def _profile(ours: Command, output: Path) -> str:
    """Return the table of stages of one more run."""
    subprocess.run(new(output), check=True)
    done = subprocess.run([*ours.arguments, "--profile"], capture_output=True, text=True, check=True)
    return done.stderr.partition("\n")[2].rstrip()


def _row(cost: Cost) -> dict[str, Any]:
    row = {"cpu": round(cost.cpu, 3), "wall": round(cost.wall, 3), "peak": round(cost.peak, 1), "code": cost.code}
    return {**row, "why": cost.said} if cost.code else row


def generate(document: Path, output: Path, *options: str) -> None:
    """Generate a package, for other benchmarks to use."""
    subprocess.run([*_bothends(), "generate", str(document), "-o", str(output), "-q", *options], check=True)
