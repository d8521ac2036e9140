"""``bothends scaffold``: a project around the generated server, once; later runs add the methods that are missing."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable
from pathlib import Path

from bothends.cli.exit_codes import FINE, PROBLEM
from bothends.cli.invalid_call import invalid_call
from bothends.cli.messages import Messages
from bothends.cli.publishing import publish_package
from bothends.cli.targets import configured_targets, named_target, pins_of
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError
from bothends.scaffolding.drift import class_for, missing_methods
from bothends.scaffolding.expected import Method, expected_methods, import_path
from bothends.scaffolding.insert import NoPlaceError, methods_text, with_methods
from bothends.scaffolding.project import Project, handlers_file, project_files
from bothends.scaffolding.written import HandlerClass, UnreadableError, handler_classes

_PACKAGE = "api"


def run(options: argparse.Namespace) -> int:
    """Write what is not there yet; nothing that is there is written again."""
    messages = Messages(options)
    try:
        targets = _configured(options) if options.spec is None else (_new(options, messages),)
    except DocumentError as error:
        return messages.fail(error)
    wanted = [target for target in targets if target is not None and target.handlers is not None]
    if not wanted:
        if None in targets:
            return messages.finish(PROBLEM)
        hint = 'name a document, or set handlers = "src/app/handlers.py" in the configuration'
        return messages.fail(invalid_call("no target says where its handlers are", hint))
    return messages.finish(max(_complete(target, messages) for target in wanted))


def _configured(options: argparse.Namespace) -> tuple[TargetConfig, ...]:
    if options.output:
        raise invalid_call("-o goes with a document", "name one, or leave it out")
    return configured_targets(options).targets


def _new(options: argparse.Namespace, messages: Messages) -> TargetConfig | None:
    """Write a project and generate its package; None where the document does not let it. Raises DocumentError."""
    from bothends.pipeline import Session

    folder = Path(options.output or ".")
    app = _identifier(folder.resolve().name)
    project = Project(app.replace("_", "-"), app, _PACKAGE, _seen_from(folder, options.spec))
    output = folder / "src" / app / _PACKAGE
    found = named_target(options, options.spec, output, _PACKAGE, ("schemas", "server"))
    session = Session(found.targets[0], messages.report(), pins=pins_of(found))
    if not publish_package(session, messages):
        return None
    messages.line(f"{output}: generated")
    for file in project_files(project):
        _write_new(folder / file.path, file.data, messages)
    return TargetConfig(options.spec, output, _PACKAGE, handlers=folder / "src" / app / "handlers.py")


def _complete(target: TargetConfig, messages: Messages) -> int:
    handlers = target.handlers
    if handlers is None:
        return FINE
    expected = expected_methods(target.output)
    if not expected:
        messages.line(f"{target.output}: no server has been generated here; run `bothends generate` first")
        return PROBLEM
    if not handlers.exists():
        path = handlers if handlers.suffix == ".py" else handlers / "handlers.py"
        _write_new(path, handlers_file(path, import_path(target.output), expected).data, messages)
        return FINE
    try:
        written = handler_classes(handlers)
        missing = missing_methods(expected, written)
        if not missing:
            messages.line(f"{handlers}: nothing is missing")
            return FINE
        return max(_add(owner, methods, handlers, messages) for owner, methods in _owners(missing, written))
    except UnreadableError as error:
        messages.line(f"{error.path}:{error.line}:1: {error}; nothing was added")
        return PROBLEM


def _owners(
    missing: Iterable[Method], written: tuple[HandlerClass, ...]
) -> list[tuple[HandlerClass | None, list[Method]]]:
    """Return the missing methods by the class that they go into, one class of a module at a time."""
    found: dict[int, tuple[HandlerClass | None, list[Method]]] = {}
    for method in missing:
        owner = class_for(method, written)
        found.setdefault(id(owner), (owner, []))[1].append(method)
    return list(found.values())


def _add(owner: HandlerClass | None, methods: list[Method], path: Path, messages: Messages) -> int:
    names = ", ".join(method.name for method in methods)
    try:
        if owner is None:
            raise NoPlaceError("no class here derives from the generated handlers")
        current = handler_classes(owner.module.path)
        # Classes of one module are completed one after the other: the lines of the later ones have moved.
        owner = next(one for one in current if one.node.name == owner.node.name)
        text = with_methods(owner, methods)
    except NoPlaceError as error:
        messages.line(f"{path}: {error}; add these yourself:\n{methods_text(methods)}")
        return PROBLEM
    _replace(owner.module.path, text.encode(owner.module.encoding))
    messages.line(f"{owner.module.path}: added {names}")
    return FINE


def _write_new(path: Path, data: bytes, messages: Messages) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        messages.line(f"{path}: there already, left as it is")
        return
    messages.line(f"{path}: written")


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    beside.chmod(path.stat().st_mode)
    beside.replace(path)


def _seen_from(folder: Path, spec: str) -> str:
    return spec if "://" in spec else Path(os.path.relpath(spec, folder)).as_posix()


def _identifier(name: str) -> str:
    found = re.sub(r"\W+", "_", name).strip("_").lower() or "app"
    return f"app_{found}" if found[0].isdigit() else found
