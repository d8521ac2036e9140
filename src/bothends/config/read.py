"""Reads the configuration from ``bothends.toml`` or from ``[tool.bothends]`` in ``pyproject.toml``.

Every problem becomes a diagnostic ``invalid-configuration`` with the line it stands on and, for a wrong key, the
nearest right one.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from bothends.config.kinds import is_array, is_array_of_tables, is_table, is_table_of_texts
from bothends.config.limits import Limits
from bothends.config.model import PARTS, SCHEMAS_STYLES, STYLES, Config, Reading, TargetConfig
from bothends.config.pagination import PaginationConfig, WrongPaginationError, read_pagination
from bothends.config.positions import Path as Place
from bothends.config.positions import Positions, positions_of
from bothends.config.selection import LISTS, Selection
from bothends.config.webhooks import SignatureConfig, WrongSignatureError, read_webhooks
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Severity

FILE_NAMES: Final = ("bothends.toml", "pyproject.toml")

_TOP_KEYS: Final = ("targets", "strict", "allow_hosts", "allow_folders", "headers", "limits")
_TARGET_KEYS: Final = (
    "spec",
    "output",
    "package",
    "parts",
    "styles",
    "names",
    "typeless",
    "formats",
    "schemas_style",
    "format",
    "handlers",
    "overlays",
    "pagination",
    "webhooks",
    "select",
    "templates",
    "runtime",
)
#: The kinds of things whose names may be chosen.
NAMED: Final = ("types", "members", "operations", "parameters", "groups", "schemes")
_SELECT_KEYS: Final = (*LISTS, "internal", "unused")
_LIMITS: Final = tuple(limit.name for limit in fields(Limits))
# Beyond these, Python itself gives up on nesting and on numbers.
_MOST: Final = {"depth": 500, "digits": 4_000}
_HOST: Final = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


def find_config(folder: Path) -> Path | None:
    """Return the configuration file that governs a folder: its own or the nearest one above it."""
    for place in (folder, *folder.parents):
        own = place / FILE_NAMES[0]
        if own.is_file():
            return own
        project = place / FILE_NAMES[1]
        if project.is_file() and b"[tool.bothends" in project.read_bytes():
            return project
    return None


def read_config(path: Path) -> Config:
    """Read a configuration file. Paths in it are relative to its folder.

    Raises DocumentError with every problem found.
    """
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
        raise DocumentError(_problem(path, str(error), line, column=column)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(_problem(path, f"the file cannot be read: {error}", None)) from None
    if path.name == "pyproject.toml":
        tools = data.get("tool", {})
        data = tools.get("bothends", {}) if is_table(tools) else {}
    if not is_table(data):
        raise DocumentError(_problem(path, "tool.bothends must be a table", None))
    return _Reader(path, text).config(data)


class _Reader:
    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text_ = text
        self.problems: list[Diagnostic] = []

    def config(self, data: Mapping[str, Any]) -> Config:
        self.check_keys(data, _TOP_KEYS)
        tables = data.get("targets", [])
        if not is_array_of_tables(tables):
            self.report("targets must be an array of tables, written [[tool.bothends.targets]]", "targets")
            tables = list[dict[str, Any]]()
        reading = self.reading(data)
        targets = [self.target(table, index, reading) for index, table in enumerate(tables)]
        self.check_outputs(targets)
        strict = data.get("strict", False)
        if not isinstance(strict, bool):
            self.report("strict must be true or false", "strict")
        if self.problems:
            raise DocumentError(*self.problems)
        return Config(self.path, tuple(targets), strict, reading)

    def reading(self, data: Mapping[str, Any]) -> Reading:
        hosts = self.texts(data, "allow_hosts")
        for host in hosts:
            if not _HOST.fullmatch(host):
                hint = "write api.example.com, or localhost:8000"
                self.report(f"{host!r} is not a host", "allow_hosts", hint=hint)
        return Reading(
            hosts=hosts,
            folders=tuple(self.path.parent / folder for folder in self.texts(data, "allow_folders")),
            headers=self.headers(data, hosts),
            limits=self.limits(data),
        )

    def headers(self, data: Mapping[str, Any], hosts: tuple[str, ...]) -> dict[str, dict[str, str]]:
        tables = data.get("headers", {})
        if not is_table(tables) or not all(is_table_of_texts(table) for table in tables.values()):
            self.report('headers must be tables of strings, written [headers."api.example.com"]', "headers")
            return {}
        for host in tables:
            if host not in hosts:
                self.report(f"there are headers for {host!r}, which allow_hosts does not name", host)
        return {host: dict(table) for host, table in tables.items()}

    def limits(self, data: Mapping[str, Any]) -> Limits:
        table = data.get("limits", {})
        if not is_table(table):
            self.report("limits must be a table", "limits")
            return Limits()
        self.check_keys(table, _LIMITS)
        found: dict[str, int] = {}
        for name, value in table.items():
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                self.report(f"{name} must be a whole number above 0", name)
            elif value > _MOST.get(name, value):
                self.report(f"{name} can be at most {_MOST[name]:,}", name)
            elif name in _LIMITS:
                found[name] = value
        return replace(Limits(), **found)

    def target(self, table: Mapping[str, Any], index: int, reading: Reading) -> TargetConfig:
        self.check_keys(table, _TARGET_KEYS, occurrence=index)
        folder = self.path.parent
        spec = self.text(table, "spec", index)
        output = self.text(table, "output", index)
        return TargetConfig(
            spec=spec if spec == "-" else _located(spec, folder),
            output=folder / output,
            package=self.text(table, "package", index, Path(os.path.realpath(folder / output)).name),
            parts=self.parts(table, index),
            styles=self.choices(table, "styles", STYLES, index),
            names=self.names(table, index),
            select=self.select(table, index),
            typeless=self.choice(table, "typeless", ("object", "any"), index),
            formats=self.choice(table, "formats", ("assert", "annotate"), index),
            schemas_style=self.choice(table, "schemas_style", SCHEMAS_STYLES, index),
            format=self.choice(table, "format", ("isolated", "project"), index),
            overlays=tuple(_located(overlay, folder) for overlay in self.texts(table, "overlays", index)),
            reading=reading,
            pagination=self.pagination(table, index),
            webhooks=self.webhooks(table, index),
            templates=self.templates(table, index),
            runtime=self.runtime(table, index, folder / output),
            handlers=folder / self.text(table, "handlers", index) if "handlers" in table else None,
            places=self.places(index) if table.keys() & {"names", "select"} else {},
        )

    def parts(self, table: Mapping[str, Any], index: int) -> tuple[Any, ...]:
        is_styled = table.get("schemas_style", "pydantic") != "pydantic"
        default: tuple[Any, ...] = ("schemas",) if is_styled else PARTS
        parts: tuple[Any, ...] = self.choices(table, "parts", PARTS, index) if "parts" in table else default
        if is_styled and parts != ("schemas",):
            hint = 'write parts = ["schemas"], or a second target for the others'
            self.report("client and server need schemas in the style of pydantic", "parts", index, hint)
        return parts

    def names(self, table: Mapping[str, Any], index: int) -> dict[str, dict[str, str]]:
        """Return the chosen names by kind; those whose keys tell it themselves have the kind ``""``."""
        names = table.get("names", {})
        if not is_table(names):
            self.report("names must be a table", "names", index)
            return {}
        found: dict[str, dict[str, str]] = {}
        for key, value in names.items():
            if isinstance(value, str):
                found.setdefault("", {})[key] = value
            elif key not in NAMED:
                self.unknown(key, NAMED, index, what="kind")
            elif not is_table_of_texts(value):
                self.report(f"names.{key} must be a table of strings", key, index)
            else:
                found[key] = dict(value)
        return found

    def select(self, table: Mapping[str, Any], index: int) -> Selection:
        select = table.get("select", {})
        if not is_table(select):
            self.report("select must be a table", "select", index)
            return Selection()
        self.check_keys(select, _SELECT_KEYS, index)
        lists: dict[str, Any] = {key: self.texts(select, key, index) for key in LISTS}
        flags = {key: select[key] for key in ("internal", "unused") if key in select}
        for key, value in flags.items():
            if not isinstance(value, bool):
                self.report(f"{key} must be true or false", key, index)
        return Selection(**lists, **flags)

    def runtime(self, table: Mapping[str, Any], index: int, output: Path) -> Path | None:
        if "runtime" not in table:
            return None
        folder = self.path.parent / self.text(table, "runtime", index)
        if folder.name != "_runtime" or folder.resolve().parent not in output.resolve().parents:
            hint = f"write {str(output.parent.relative_to(self.path.parent) / '_runtime')!r}, for one"
            message = "a shared runtime is a folder called _runtime, beside the package or beside a folder around it"
            self.report(message, "runtime", index, hint)
        return folder

    def templates(self, table: Mapping[str, Any], index: int) -> Path | None:
        if "templates" not in table:
            return None
        folder = self.path.parent / self.text(table, "templates", index)
        if not folder.is_dir():
            self.report(f"there is no folder {folder}", "templates", index, "`bothends templates --copy` makes one")
        return folder

    def places(self, index: int) -> dict[Place, Location]:
        """Return where the names and the selection of a target stand, for messages that come later."""
        start = (*self.prefix, "targets", index)
        found = {(*start, "names"): self.positions.keys, (*start, "select"): self.positions.values}
        return {
            place[len(start) :]: Location(str(self.path), "", position.line, position.column)
            for table, positions in found.items()
            for place, position in positions.items()
            if place[: len(table)] == table
        }

    def pagination(self, table: Mapping[str, Any], index: int) -> PaginationConfig:
        try:
            return read_pagination(table.get("pagination", True))
        except WrongPaginationError as error:
            self.report(str(error), error.key, index)
            return PaginationConfig()

    def webhooks(self, table: Mapping[str, Any], index: int) -> SignatureConfig | None:
        try:
            return read_webhooks(table.get("webhooks"))
        except WrongSignatureError as error:
            self.report(str(error), error.key, index)
            return None

    def text(self, table: Mapping[str, Any], key: str, index: int, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or not value:
            self.report(f"{key} must be a text" if key in table else f"a target needs {key}", key, index)
            return ""
        return value

    def texts(self, table: Mapping[str, Any], key: str, index: int | None = None) -> tuple[str, ...]:
        value = table.get(key, [])
        if not is_array(value) or not all(isinstance(item, str) and item for item in value):
            self.report(f"{key} must list texts", key, index)
            return ()
        return tuple(value)

    def choice(self, table: Mapping[str, Any], key: str, allowed: tuple[Any, ...], index: int) -> Any:
        value = table.get(key, allowed[0])
        if value not in allowed:
            self.report(f"{key} must be one of {', '.join(allowed)}", key, index)
            return allowed[0]
        return value

    def choices(self, table: Mapping[str, Any], key: str, allowed: tuple[Any, ...], index: int) -> Any:
        value = table.get(key, list(allowed))
        if not is_array(value) or not value or any(item not in allowed for item in value):
            self.report(f"{key} must list one or more of {', '.join(allowed)}", key, index)
            return allowed
        return tuple(item for item in allowed if item in value)

    def check_outputs(self, targets: list[TargetConfig]) -> None:
        """Report targets that would overwrite each other."""
        folders = [Path(os.path.realpath(target.output)) for target in targets]
        for index, folder in enumerate(folders):
            if self.problems:
                return
            if folder in folders[:index]:
                self.report("each target needs an output folder of its own", "output", index)
            elif around := next((other for other in folders if other in folder.parents), None):
                hint = "folders are replaced as a whole: put the two side by side"
                message = f"the output folder lies within that of another target, {around.name}"
                self.report(message, "output", index, hint)

    def check_keys(self, table: Mapping[str, Any], allowed: tuple[str, ...], occurrence: int | None = None) -> None:
        for key in table:
            if key not in allowed:
                self.unknown(key, allowed, occurrence)

    def unknown(self, key: str, allowed: tuple[str, ...], occurrence: int | None, what: str = "key") -> None:
        # Imported on use: every run reads a configuration, and few of them have a wrong key.
        from difflib import get_close_matches

        near = get_close_matches(key, allowed, 1)
        hint = f"did you mean {near[0]}?" if near else f"known {what}s are {', '.join(allowed)}"
        self.report(f"there is no {what} {key!r} here", key, occurrence, hint, of_key=True)

    def report(
        self, message: str, key: str, occurrence: int | None = None, hint: str | None = None, *, of_key: bool = False
    ) -> None:
        """Report a problem with the value of a key, or with the key itself, in a target if one is given."""
        start: Place = self.prefix if occurrence is None else (*self.prefix, "targets", occurrence)
        place = self.positions.find(key, start) or start
        positions = self.positions.keys if of_key or place == start else self.positions.values
        found = positions.get(place)
        self.problems.append(
            _problem(self.path, message, found.line if found else None, hint, found.column if found else 1)
        )

    @property
    def prefix(self) -> Place:
        """Where the configuration begins in its file."""
        return ("tool", "bothends") if self.path.name == "pyproject.toml" else ()

    @cached_property
    def positions(self) -> Positions:
        """Where things stand, found when a problem is to be shown or names are chosen."""
        return positions_of(self.text_)


def _located(document: str, folder: Path) -> str:
    """Return a document as it is named in the configuration: a path is relative to its folder, a URL is not."""
    is_address = document.startswith(("http://", "https://"))
    return document if is_address or not document else str(folder / document)


def _problem(path: Path, message: str, line: int | None, hint: str | None = None, column: int = 1) -> Diagnostic:
    location = Location(str(path), "", line, column if line else None)
    return Diagnostic("invalid-configuration", Severity.ERROR, message, location, hint)
