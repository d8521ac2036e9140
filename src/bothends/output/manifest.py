"""The manifest ``.bothends.json``: what a package was made from, and what it is made of.

It is the only file of the output that names versions and digests, so that nothing else changes without a reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from bothends.loading.data import is_mapping
from bothends.output.digests import digest, read_file, with_our_ends
from bothends.output.files import OutputFile

NAME: Final = ".bothends.json"
_FORMAT: Final = 1
_NAMES: Final = b',\n  "names": {'
_RUN: Final = b',\n  "run": {'
_SEAL: Final = b',\n  "seal": "'


@dataclass(frozen=True, slots=True)
class Run:
    """The run that wrote a manifest: facts that let later runs be short, and that say nothing about the package.

    ``generator`` is the digest of the installation; ``strict``: there were no warnings under strict rules;
    ``notes`` is how many notes there were, and ``warnings`` counts warnings by code. What a run has to say depends on
    whether there was a name lock already: hence diagnostics are facts of the run.
    """

    generator: str = ""
    strict: bool = False
    notes: int = 0
    warnings: Mapping[str, int] = field(default_factory=dict[str, int], hash=False)

    def stands_for(self, other: Run) -> bool:
        """Whether the other run would not tell later runs more than this one does."""
        return self.generator == other.generator and self.strict >= other.strict


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in a manifest.

    ``inputs`` and ``files`` map names to SHA-256 digests; ``inputs`` are named relative to the document's folder,
    ``document`` is the one among them that the run began with, and ``links`` say which input a symbolic link led
    to. ``names`` is the name lock (:mod:`bothends.naming.lock`): by kind, which place of the document got which names.
    ``sealed``: nobody edited the manifest itself.
    """

    version: str
    formatter: str
    configuration: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)
    document: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    links: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    files: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]], hash=False)
    run: Run = Run()
    sealed: bool = field(default=False, compare=False)

    def to_file(self) -> OutputFile:
        """Return the manifest as a file of the output: sorted, one entry a line, the seal last."""
        run = {each.name: getattr(self.run, each.name) for each in fields(Run)}
        run["warnings"] = dict(sorted(self.run.warnings.items()))
        content = {
            "format": _FORMAT,
            "bothends": self.version,
            "formatter": self.formatter,
            "configuration": dict(self.configuration),
            "document": self.document,
            "inputs": dict(sorted(self.inputs.items())),
            "links": dict(sorted(self.links.items())),
            "files": dict(sorted(self.files.items())),
            "names": dict(sorted(self.names.items())),
            "run": run,
        }
        body = json.dumps(content, indent=2, ensure_ascii=True).removesuffix("\n}")
        return OutputFile(NAME, f'{body}{_SEAL.decode()}{digest(body.encode())}"\n}}\n')

    def agrees_with(self, other: Manifest) -> bool:
        """Whether the two say the same about the package: which run wrote them does not count."""
        return replace(self, run=other.run) == other


def read_manifest(folder: Path, *, names: bool = True) -> Manifest | None:
    """Return the manifest of a folder, or None where there is none or it is not one of ours.

    Without ``names`` that of a sealed one has no name lock, which is most of a large manifest.
    """
    data = read_file(f"{folder}/{NAME}")
    if data is None:
        return None
    data = with_our_ends(data)
    body, _, rest = data.rpartition(_SEAL)
    sealed = rest == f'{digest(body)}"\n}}\n'.encode()
    try:
        content: Any = json.loads(_without_names(data) if sealed and not names else data)
    except ValueError:
        return None
    if not is_mapping(content) or content.get("format") != _FORMAT:
        return None
    return Manifest(
        version=str(content.get("bothends", "")),
        formatter=str(content.get("formatter", "")),
        configuration=_table(content.get("configuration")),
        document=str(content.get("document", "")),
        inputs=_texts(content.get("inputs")),
        links=_texts(content.get("links")),
        files=_texts(content.get("files")),
        names=_table(content.get("names")),
        run=_run(_table(content.get("run"))),
        sealed=sealed,
    )


def _without_names(data: bytes) -> bytes:
    """Leave out what stands between two keys, exactly as they are written."""
    begin, end = data.find(_NAMES), data.rfind(_RUN)
    return data[:begin] + data[end:] if 0 <= begin < end else data


def _run(content: Mapping[str, Any]) -> Run:
    notes = content.get("notes")
    warnings = _table(content.get("warnings"))
    return Run(
        generator=str(content.get("generator", "")),
        strict=content.get("strict") is True,
        notes=notes if isinstance(notes, int) else 0,
        warnings={code: count for code, count in warnings.items() if isinstance(count, int)},
    )


def _table(value: Any) -> dict[str, Any]:
    return value if is_mapping(value) else {}


def _texts(value: Any) -> dict[str, str]:
    return {key: item for key, item in _table(value).items() if isinstance(item, str)}
