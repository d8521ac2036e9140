"""``bothends explain``: what was understood of a document, and what its things are called."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bothends.cli.exit_codes import FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.targets import Targets, configured_targets, named_target, pins_of
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError
from bothends.loading.pins import Pins


def run(options: argparse.Namespace) -> int:
    """Explain each document; 2 if nothing can be made of one. Diagnostics go to standard error."""
    messages = Messages(argparse.Namespace(**{**vars(options), "format": "text"}))
    try:
        targets = _targets(options)
        pins = pins_of(targets)
    except DocumentError as error:
        return messages.fail(error)
    messages.strict |= targets.strict
    found = [_explain(target, pins, messages) for target in targets.targets]
    understood = [one for one in found if one is not None]
    if options.format != "json":
        sys.stdout.write("\n".join(_printed(one) for one in understood))
    elif understood:
        sys.stdout.write(json.dumps(understood if options.spec is None else understood[0], indent=2) + "\n")
    return FINE if len(understood) == len(found) else PROBLEM


def _targets(options: argparse.Namespace) -> Targets:
    if options.spec is None:
        return configured_targets(options)
    return named_target(options, options.spec, Path("explained"), "explained")


def _explain(target: TargetConfig, pins: Pins, messages: Messages) -> dict[str, Any] | None:
    from bothends.cli.explained import explained
    from bothends.pipeline import Session

    session = Session(target, messages.report(), pins=pins)
    try:
        understood = session.understand()
    except DocumentError as error:
        messages.diagnostics(session.report, session.resolver, error)
        return None
    messages.diagnostics(session.report, session.resolver)
    return {"document": target.spec, **explained(understood)}


def _printed(found: dict[str, Any]) -> str:
    """Return the text: a line for each thing, its key in the configuration first and its name in Python second."""
    version = f", version {found['version']}" if found["version"] else ""
    lines = [f"{found['document']}: {found['title']}{version}"]
    lines += _section("groups", ((0, one["key"], one["name"]) for one in found["groups"]))
    for kind in ("operations", "webhooks"):
        lines += _section(kind, (row for one in found[kind] for row in _operation(one)))
    lines += _section("schemes", ((0, one["key"], f"{one['name']}: {one['is']}") for one in found["schemes"]))
    lines += _section("types", (row for one in found["types"] for row in _type(one)))
    return "".join(f"{line}\n" for line in lines)


def _section(title: str, rows: Iterable[tuple[int, str, str]]) -> Iterator[str]:
    listed = list(rows)
    if listed:
        yield ""
        yield f"{title}:"
        yield from (f"  {'  ' * depth}{key}{' -> ' if text else ''}{text}" for depth, key, text in listed)


def _operation(operation: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    deprecated = ", deprecated" if operation["deprecated"] else ""
    yield 0, operation["key"], f"{operation['group']}.{operation['name']}{deprecated}"
    for one in operation["parameters"]:
        optional = "" if one["required"] else " = None"
        yield 1, one["key"].removeprefix(operation["key"]).strip(), f"{one['name']}: {one['type']}{optional}"
    yield from ((1, f"body {media_type}", type_) for media_type, type_ in operation["body"].items())
    for status, contents in operation["responses"].items():
        yield from ((1, f"{status} {media_type}", type_) for media_type, type_ in contents.items())
        if not contents:
            yield 1, status, "None"
    if operation["pagination"]:
        said = (f"{key} {value}" for key, value in operation["pagination"].items() if key != "kind")
        yield 1, f"pages by {operation['pagination']['kind']}", ", ".join(said)
    if operation["security"]:
        yield 1, "security", " or ".join(map(_requirement, operation["security"]))


def _requirement(requirement: dict[str, list[str]]) -> str:
    all_of = (f"{key} ({', '.join(scopes)})" if scopes else key for key, scopes in requirement.items())
    return " and ".join(all_of) or "nobody in particular"


def _type(type_: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    yield 0, type_["key"], f"{type_['name']}, {type_['is']}" + (f" of {type_['type']}" if "type" in type_ else "")
    for one in type_.get("members", ()):
        inner = one["key"].removeprefix(type_["key"])[1:]
        said = "" if "value" in one else f": {one['type']}" + ("" if one["required"] else " = None")
        yield 1, inner, f"{one['name']}{said}"
