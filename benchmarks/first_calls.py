"""First uses of operations of a generated package, in a process that does nothing else.

    python benchmarks/first_calls.py FOLDER            prints operations of FOLDER/package that need no argument
    python benchmarks/first_calls.py FOLDER CALL…      makes these calls, each for the first time

A call is a group and a method, such as `pets.list_pets`. It never reaches a network: everything answers `{}`.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import httpx2


def client_of(folder: str) -> Any:
    """Return a client of the package below a folder, to which everything answers an empty object."""
    sys.path.insert(0, folder)
    package = importlib.import_module("package")
    headers = {"content-type": "application/json"}
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, text="{}", headers=headers))
    return package.Client(base_url="https://benchmark.test", http_client=httpx2.Client(transport=transport))


def find(folder: str, wanted: int = 3) -> Iterator[str]:
    """Yield calls of different groups that end well."""
    client = client_of(folder)
    # Only finding them takes this: its import is no part of a first use.
    from inspect import Parameter, signature

    groups = sorted(name for name, made in vars(type(client)).items() if isinstance(made, cached_property))
    for group in groups:
        found = getattr(client, group)
        for name, method in sorted(vars(type(found)).items()):
            if name.startswith("_") or not callable(method):
                continue
            parameters = list(signature(method).parameters.values())[1:]
            if any(one.default is one.empty and one.kind is not Parameter.VAR_KEYWORD for one in parameters):
                continue
            try:
                getattr(found, name)()
            except Exception:  # it answers something else
                continue
            yield f"{group}.{name}"
            wanted -= 1
            break
        if not wanted:
            return


def main() -> None:
    """Find calls, or make those of the command line."""
    folder, *calls = sys.argv[1:]
    if not calls:
        print(*find(folder), sep="\n")
        return
    client = client_of(folder)
    for call in calls:
        group, _, method = call.partition(".")
        getattr(getattr(client, group), method)()


if __name__ == "__main__":
    main()
