"""Calls every operation of a document through a client that openapi-python-client made; run where that is installed.

``python other_client.py FOLDER PACKAGE URL SAMPLES``: the client's package below the folder, the server's URL, and a
file with values for each operation, by its id. Prints a line of JSON for each operation: its id, status, and problem.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import sys
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any


def main(folder: str, package: str, url: str, samples: str) -> None:
    """Call what the client has."""
    sys.path.insert(0, folder)
    module = importlib.import_module(package)
    values = json.loads(Path(samples).read_text(encoding="utf-8"))
    for name, endpoint in endpoints(importlib.import_module(f"{package}.api")):
        found = values.get(name)
        if found is None:
            continue
        client = module.Client(base_url=url, headers=found["credentials"], timeout=30)
        try:
            response = endpoint.sync_detailed(client=client, **arguments(endpoint.sync_detailed, found))
            said = {"id": found["id"], "status": int(response.status_code), "problem": ""}
        except Exception as problem:
            said = {"id": found["id"], "status": 0, "problem": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(said), flush=True)  # noqa: T201


def endpoints(api: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yield the modules of operations by their names without underscores."""
    for group in pkgutil.iter_modules(api.__path__):
        package = importlib.import_module(f"{api.__name__}.{group.name}")
        for found in pkgutil.iter_modules(package.__path__):
            yield plain(found.name), importlib.import_module(f"{package.__name__}.{found.name}")


def arguments(function: Callable[..., Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return arguments of the declared types."""
    hints = typing.get_type_hints(function)
    found: dict[str, Any] = {}
    for name in inspect.signature(function).parameters:
        key = "body" if name == "body" else plain(name)
        if key in values["arguments"]:
            found[name] = converted(values["arguments"][key], hints[name])
    return found


def converted(value: Any, hint: Any) -> Any:
    """Return a JSON value as a value of a type of the client."""
    for option in typing.get_args(hint) or (hint,):
        origin = typing.get_origin(hint)
        if origin is list and isinstance(value, list):
            return [converted(item, typing.get_args(hint)[0]) for item in value]
        if hasattr(option, "from_dict") and isinstance(value, dict):
            try:
                return option.from_dict(value)
            except (KeyError, TypeError, ValueError):
                continue  # another member of a union
        if typing.get_origin(option) is list and isinstance(value, list):
            return converted(value, option)
        if isinstance(option, type) and isinstance(value, str) and option.__name__ in ("UUID", "date", "datetime"):
            return option.fromisoformat(value) if option.__name__ != "UUID" else option(value)
        if isinstance(option, type) and issubclass(option, str | int) and option not in (str, int, bool):
            return option(value)
    return value


def plain(name: str) -> str:
    """Return a name without case and separators."""
    return "".join(char for char in name.lower() if char.isalnum())


if __name__ == "__main__":
    main(*sys.argv[1:])
