"""From the arguments of a command to the targets that it works on."""

from __future__ import annotations

import argparse
import keyword
import os
from dataclasses import dataclass, replace
from pathlib import Path

from bothends.cli.invalid_call import invalid_call
from bothends.config.model import PARTS, Config, Part, Reading, SchemasStyle, TargetConfig
from bothends.loading.pins import LOCK_NAME, Pins, read_lock


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of a call, whether the configuration makes warnings errors, and where the lock file lies.

    ``complete``: the lock file holds what these targets fetch, and nothing else. ``config`` is the configuration
    that was read, if any.
    """

    targets: tuple[TargetConfig, ...]
    lock: Path | None
    strict: bool = False
    complete: bool = False
    config: Path | None = None


def targets_of(options: argparse.Namespace) -> Targets:
    """Return the target that the arguments name, or every configured one.

    Raises DocumentError with ``invalid-call`` or ``invalid-configuration``.
    """
    if options.spec is None:
        if options.output or options.parts or options.package or _schemas_style(options):
            raise invalid_call(
                "-o, --parts, --package and --schemas-style go with a document", "name one, or leave them out"
            )
        return configured_targets(options)
    if options.output is None:
        raise invalid_call("an output folder is needed with a document", "add -o DIR")
    output = Path(options.output)
    if not options.output:
        raise invalid_call("the name of the output folder is empty", "write -o . for the current folder")
    name = options.package or _decoded(_resolved(output).name)
    found = named_target(options, options.spec, output, name, _parts(options.parts))
    style = _schemas_style(options)
    if style is not None and style != "pydantic":
        found = replace(found, targets=tuple(_styled(target, style, options.parts) for target in found.targets))
    return replace(found, lock=found.lock or output.absolute().parent / LOCK_NAME)


def configured_targets(options: argparse.Namespace) -> Targets:
    """Return every configured target, with what the arguments add to it."""
    config = _configured(options)
    targets = tuple(
        _checked(
            replace(
                target,
                overlays=(*target.overlays, *options.overlay),
                reading=_extended(target.reading, options),
            )
        )
        for target in config.targets
    )
    return Targets(targets, config.path.parent / LOCK_NAME, config.strict, complete=True, config=config.path)


def named_target(
    options: argparse.Namespace, spec: str, output: Path, package: str, parts: tuple[Part, ...] = PARTS
) -> Targets:
    """Return the target for a document that the arguments name.

    Of a configuration only what it says about reading holds for that, and only where the arguments name it.
    """
    reading = named_reading(options)
    target = TargetConfig(spec, output, package, parts, overlays=tuple(options.overlay), reading=reading)
    config = Path(options.config) if options.config else None
    return Targets((_checked(target),), config.parent / LOCK_NAME if config else None, config=config)


def named_reading(options: argparse.Namespace) -> Reading:
    """Return what a command may read that is told by its arguments what to read, and by which configuration."""
    if not options.config:
        return _extended(Reading(), options)
    # Imported on use: a call that names its document reads no configuration.
    from bothends.config.read import read_config

    return _extended(read_config(Path(options.config)).reading, options)


def pins_of(targets: Targets, *, add: bool = True, renew: bool = False) -> Pins:
    """Return what the lock file says was fetched before; it says nothing where there is none."""
    return Pins(read_lock(targets.lock) if targets.lock else {}, add=add, renew=renew)


def _extended(reading: Reading, options: argparse.Namespace) -> Reading:
    return replace(
        reading,
        hosts=(*reading.hosts, *options.allow_host),
        folders=(*reading.folders, *(Path(folder) for folder in options.allow_folder)),
        offline=options.offline,
    )


def _configured(options: argparse.Namespace) -> Config:
    from bothends.config.read import find_config, read_config

    path = Path(options.config) if options.config else _from_here(find_config(Path.cwd()))
    if path is None or not path.is_file():
        raise invalid_call(
            "there is no configuration here" if path is None else f"there is no configuration file {path}",
            "name a document and -o DIR, or run `bothends init`",
        )
    config = read_config(path)
    if not config.targets:
        raise invalid_call(f"{path} configures no targets", "add a [[tool.bothends.targets]] table")
    return config


def _from_here(path: Path | None) -> Path | None:
    """Return a path as somebody would write it here, so that messages stay short."""
    try:
        return Path(os.path.relpath(path)) if path else None
    except ValueError:  # it lies on another drive
        return path


def _schemas_style(options: argparse.Namespace) -> SchemasStyle | None:
    """Return the style that was asked for; not every command can be asked."""
    style: SchemasStyle | None = getattr(options, "schemas_style", None)
    return style


def _styled(target: TargetConfig, style: SchemasStyle, parts: str | None) -> TargetConfig:
    if parts is not None and target.parts != ("schemas",):
        raise invalid_call("client and server need schemas in the style of pydantic", "add --parts schemas")
    return replace(target, parts=("schemas",), schemas_style=style)


def _parts(text: str | None) -> tuple[Part, ...]:
    if text is None:
        return PARTS
    asked = [part.strip() for part in text.split(",") if part.strip()]
    if not asked or any(part not in PARTS for part in asked):
        raise invalid_call(f"--parts {text!r} is not a list of {', '.join(PARTS)}", "write --parts schemas,client")
    return tuple(part for part in PARTS if part in asked)


def _decoded(name: str) -> str:
    """Return the name of a folder as text, also where the locale knows no such characters."""
    return os.fsencode(name).decode("utf-8", "surrogateescape")


def _resolved(output: Path) -> Path:
    try:
        found = output.resolve()
    except (OSError, RuntimeError):  # the kind of error depends on the version of Python
        raise invalid_call(f"the symbolic links at {output} lead in a circle", "choose another output folder") from None
    if not found.name:
        raise invalid_call("the root of the file system is no output folder", "choose a folder below it")
    return found


def _checked(target: TargetConfig) -> TargetConfig:
    _resolved(target.output)
    if not target.package.isidentifier() or keyword.iskeyword(target.package):
        raise invalid_call(
            f"{target.package!r} is no name for a Python package", "choose another folder, or name one with --package"
        )
    return target
