"""Packages generated for tests, under import names of their own, and servers in processes of their own."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.output.write import write_plan
from bothends.pipeline import Session, Understood


@dataclass(frozen=True)
class Package:
    """A generated package that can be imported as ``name``, and what was understood of its document."""

    name: str
    spec: Path
    folder: Path
    understood: Understood

    def load(self, module: str = "") -> Any:
        """Import the package, or one of its modules."""
        return importlib.import_module(f"{self.name}.{module}" if module else self.name)


def make_package(spec: Path, parent: Path, name: str, **options: Any) -> Package:
    """Generate a package below ``parent``, which has to be on the path of modules."""
    folder = parent / name
    session = Session(TargetConfig(str(spec), folder, name, **options), Report())
    write_plan(session.plan())
    return Package(name, spec, folder, session.understand())


@contextmanager
def served(spec: Path) -> Iterator[str]:
    """Serve a document as a mock in a process of its own; yield its URL."""
    command = [sys.executable, "-W", "error", "-m", "bothends", "serve", str(spec), "--port", "0"]
    with started(command) as url:
        yield url


@contextmanager
def started(command: Sequence[str], path: Path | None = None) -> Iterator[str]:
    """Run a server that prints where it listens; yield its URL, and end it. ``path`` holds modules that it needs."""
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    if path is not None:
        pipes["env"] = {**os.environ, "PYTHONPATH": str(path)}
    with subprocess.Popen(command, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            found = re.search(r"http://\S+", process.stdout.readline())
            if found is None:
                raise RuntimeError(f"the server did not start: {process.stderr.read()}")
            yield found[0]
        finally:
            process.terminate()
            said = process.stderr.read()
    assert "Traceback" not in said, said
