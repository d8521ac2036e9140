"""The benchmark suite: ``uv run python benchmarks/run.py`` measures everything and prints tables.

``--documents`` adds documents, and every document of folders; ``--peers`` installs the other generators, each in an
environment of its own, and runs them in turn with bothends; ``--json FILE`` keeps the figures, ``--from FILE`` reads
them again instead of measuring, ``--write`` renews ``docs/benchmarks.md``; ``--smoke`` runs a little of everything, to
see that it runs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import generation
import using
from documents import ARCHITECT, ROOT, real
from tables import markdown

_HERE = Path(__file__).parent
#: Benchmarks that run by themselves, with what makes them quick.
_ALONE = {
    "validation": ["--rounds", "3", "--seconds", "0.005"],
    "client_call": ["50", "1"],
    "server_request": ["50", "1"],
}
SUITES = ("generation", "using", "scaling", *_ALONE)


def main() -> int:
    """Run what was asked for; 1 if something could not be measured."""
    options = _options()
    found: dict[str, Any] = json.loads(options.known.read_text(encoding="utf-8")) if options.known else {}
    with tempfile.TemporaryDirectory(prefix="bothends-benchmarks-") as folder:
        work = options.work or Path(folder)
        for name in options.suite or (() if options.known else SUITES):
            print(f"measuring {name} …", file=sys.stderr)
            found[name] = _suite(name, options, work)()
            if options.json:  # after each: a suite may take long
                options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    text = markdown({name: found[name] for name in SUITES if name in found})
    print(text)
    if options.write:
        (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8", newline="\n")
    return 0 if _all_measured(found) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", nargs="*", choices=[*SUITES, []], help="what to measure (default: everything)")
    parser.add_argument("--smoke", action="store_true", help="once, and small documents only")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=Path, nargs="+", default=[], metavar="PATH", help="more documents")
    parser.add_argument("--large", type=Path, metavar="FILE", help="the document whose package is imported and used")
    parser.add_argument("--peers", action="store_true", help="install the other generators and run them, too")
    parser.add_argument("--peer-rounds", type=int, default=2, metavar="N", help="how often those run, which are slow")
    sizes = [10, 100, 1_000, 5_000, 20_000]
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes, metavar="N", help="operations of documents made")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep environments and output there")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures there")
    parser.add_argument("--from", dest="known", type=Path, metavar="FILE", help="begin with these figures")
    parser.add_argument("--write", action="store_true", help="renew docs/benchmarks.md")
    return parser.parse_args()


def _suite(name: str, options: argparse.Namespace, work: Path) -> Callable[[], Any]:
    rounds = 1 if options.smoke else options.rounds
    match name:
        case "generation":
            documents = real([] if options.smoke else options.documents)
            peers = min(rounds, options.peer_rounds) if options.peers else 0
            return lambda: generation.measure(documents, work / "generation", rounds, peers)
        case "using":
            return lambda: using.measure(options.large or ARCHITECT, work, rounds)
        case "scaling":
            sizes = [10, 50] if options.smoke else options.sizes
            return lambda: using.scaling(sizes, work / "scaling", 1)
        case _:
            return lambda: _alone(name, _ALONE[name] if options.smoke else [])


def _alone(name: str, options: list[str]) -> Any:
    command = [sys.executable, str(_HERE / f"{name}.py"), *options]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return None
    return {"printed": done.stdout.strip()}


def _all_measured(found: dict[str, Any]) -> bool:
    ours = [figures["costs"]["bothends"]["code"] for figures in (found.get("generation") or {}).values()]
    others = [figures["code"] for name in ("using", "scaling") for figures in (found.get(name) or {}).values()]
    return all(figures is not None for figures in found.values()) and not any((*ours, *others))


if __name__ == "__main__":
    raise SystemExit(main())
