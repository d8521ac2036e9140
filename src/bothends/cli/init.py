"""``bothends init``: a first configuration."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bothends.cli.main import FINE, PROBLEM

_TEMPLATE = """\
# Configuration of bothends. Run `bothends generate` after a change, `bothends check` in CI.

# strict = true              # warnings are errors
# allow_hosts = []           # hosts that documents may be fetched from
# allow_folders = []         # folders that references may lead to, besides the document's own

[[targets]]
spec = "openapi.yaml"        # the document, relative to this file
output = "src/my_api"        # the folder of the generated package
# package = "my_api"         # default: the name of the output folder
# parts = ["schemas", "client", "server"]
# styles = ["sync", "async"] # which clients to write
# typeless = "object"        # "any": a schema with properties and no type accepts other things too
# formats = "assert"         # "annotate": a `format` says nothing about which values are valid
# format = "isolated"        # "project": in the style that ruff is configured for where the package lies
# overlays = []              # OpenAPI Overlays that change the document before it is read

# [targets.names]            # names of your own, by place in the document
# "#/components/schemas/Pet" = "Animal"
"""


def run(options: argparse.Namespace) -> int:
    """Write ``bothends.toml`` in the current folder; never over an existing one."""
    path = Path("bothends.toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_TEMPLATE)
    except FileExistsError:
        sys.stderr.write(f"{path} exists already\n")
        return PROBLEM
    print(f"{path}: written; edit spec and output, then run `bothends generate`")  # noqa: T201
    return FINE
