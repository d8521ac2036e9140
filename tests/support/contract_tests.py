"""Schemathesis, in an environment of its own, against a server that runs already."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECRET = "token"
"""What the server under test takes as key, token and password."""

_HOOKS = Path(__file__).parents[1] / "servers/schemathesis_hooks.py"
_VERSION = "4.32.5"


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its exit code, what it said, and how many requests it made."""

    code: int
    text: str

    @property
    def generated(self) -> int:
        """The number of test cases."""
        found = re.search(r"(\d[\d,]*) generated", self.text)
        return int(found[1].replace(",", "")) if found else 0

    @property
    def summary(self) -> str:
        """What the tool says at its end."""
        return self.text[self.text.find("SUMMARY") :]


def command() -> list[str] | None:
    """Return what starts Schemathesis: an installed one (``SCHEMATHESIS``), else through uvx; None where neither is."""
    installed = os.environ.get("SCHEMATHESIS")
    if installed:
        return [installed]
    uvx = shutil.which("uvx")
    return [uvx, "--from", f"schemathesis=={_VERSION}", "schemathesis"] if uvx else None


def run(
    url: str, document: Mapping[str, Any], folder: Path, *, examples: int, seed: int, more: tuple[str, ...] = ()
) -> Outcome:
    """Run every check, positive and negative data and all phases against ``url``; files go to ``folder``.

    ``more`` are further options of the tool, such as ``--max-response-time 1`` on a machine that is idle otherwise.
    """
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "schemathesis.toml"
    config.write_text(_config(document), encoding="utf-8")
    start = command()
    if start is None:
        raise RuntimeError("neither uvx nor SCHEMATHESIS is there")
    call = [*start, "--config-file", str(config), "run", f"{url}/openapi.json", "--checks", "all", "--mode", "all"]
    call += ["--max-examples", str(examples), "--seed", str(seed)]
    call += ["--generation-database", "none", "--no-color", *more]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": str(_HOOKS)}
    found = subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return Outcome(found.returncode, found.stdout + found.stderr)


def _config(document: Mapping[str, Any]) -> str:
    """Return a configuration that has the credentials of each scheme."""
    lines: list[str] = []
    schemes: dict[str, Any] = document.get("components", {}).get("securitySchemes", {})
    for scheme in schemes.values():
        if scheme["type"] == "http" and scheme["scheme"].lower() not in ("basic", "bearer"):
            lines += ["[headers]", "Authorization = " + json.dumps(f"{scheme['scheme']} {SECRET}")]
    for name, scheme in schemes.items():
        given = _credentials(scheme)
        if given:
            lines += [f"[auth.openapi.{json.dumps(name)}]"]
            lines += [f"{key} = {json.dumps(value)}" for key, value in given.items()]
    return "\n".join(lines) + "\n"


def _credentials(scheme: Mapping[str, Any]) -> Mapping[str, str]:
    kind = scheme["type"]
    if kind == "apiKey":
        return {"api_key": SECRET}
    if kind in ("oauth2", "openIdConnect"):
        return {"bearer": SECRET}
    known = {"basic": {"username": "user", "password": SECRET}, "bearer": {"bearer": SECRET}}
    return known.get(scheme.get("scheme", "").lower(), {})
