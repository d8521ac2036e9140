"""From the arguments of a command to the targets that it works on."""

from __future__ import annotations

import argparse
import keyword
from dataclasses import dataclass
from pathlib import Path

from bothends.config.model import PARTS, Config, Part, TargetConfig
from bothends.config.read import find_config, read_config
from bothends.diagnostics.model import Diagnostic, DocumentError, Severity


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of a call, and whether the configuration makes warnings errors."""

    targets: tuple[TargetConfig, ...]
    strict: bool = False


def targets_of(options: argparse.Namespace) -> Targets:
    """Return the target that the arguments name, or every configured one.

    Raises DocumentError with ``invalid-call`` or ``invalid-configuration``.
    """
    if options.spec is None:
        config = _configured(options)
        return Targets(tuple(_checked(target) for target in config.targets), config.strict)
    if options.output is None:
        raise _wrong("an output folder is needed with a document", "add -o DIR")
    output = Path(options.output)
    name = options.package or output.resolve().name
    return Targets((_checked(TargetConfig(options.spec, output, name, _parts(options.parts))),))


def _configured(options: argparse.Namespace) -> Config:
    if options.output or options.parts or options.package:
        raise _wrong("-o, --parts and --package go with a document", "name the document, or leave them out")
    path = Path(options.config) if options.config else find_config(Path.cwd())
    if path is None or not path.is_file():
        raise _wrong(
            "there is no configuration here" if path is None else f"there is no configuration file {path}",
            "name a document and -o DIR, or run `bothends init`",
        )
    config = read_config(path)
    if not config.targets:
        raise _wrong(f"{path} configures no targets", "add a [[tool.bothends.targets]] table")
    return config


def _parts(text: str | None) -> tuple[Part, ...]:
    if text is None:
        return PARTS
    asked = [part.strip() for part in text.split(",") if part.strip()]
    if not asked or any(part not in PARTS for part in asked):
        raise _wrong(f"--parts {text!r} is not a list of {', '.join(PARTS)}", "write --parts schemas,client")
    return tuple(part for part in PARTS if part in asked)


def _checked(target: TargetConfig) -> TargetConfig:
    if not target.package.isidentifier() or keyword.iskeyword(target.package):
        raise _wrong(
            f"{target.package!r} is no name for a Python package", "choose another folder, or name one with --package"
        )
    return target


def _wrong(message: str, hint: str) -> DocumentError:
    return DocumentError(Diagnostic("invalid-call", Severity.ERROR, message, hint=hint))
