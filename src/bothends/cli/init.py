"""``bothends init``: a first configuration."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from bothends.cli.exit_codes import FINE, PROBLEM
from bothends.config.schema import schema_text

#: Where documents lie in most repositories; the first of these that is there is taken.
_USUAL: Final = (
    *(
        f"{folder}openapi.{suffix}"
        for folder in ("", "specs/", "spec/", "api/", "docs/")
        for suffix in ("yaml", "json")
    ),
    *("openapi.yml", "swagger.yaml", "swagger.json"),
)
_TEMPLATE: Final = """\
# Configuration of bothends. Run `bothends generate` after a change, `bothends check` in CI.
# What can stand here: docs/configuration.md, or `bothends init --schema` for editors.

# strict = true              # warnings are errors
# allow_hosts = []           # hosts that documents may be fetched from
# allow_folders = []         # folders that references may lead to, besides the document's own

[[targets]]
spec = "{spec}"{pad}# the document, relative to this file
output = "src/my_api"        # the folder of the generated package
# package = "my_api"         # default: the name of the output folder
# parts = ["schemas", "client", "server"]
# styles = ["sync", "async"] # which clients to write
# handlers = "src/handlers.py" # where the server is implemented: `bothends scaffold`, `bothends check`
# typeless = "object"        # "any": a schema with properties and no type accepts other things too
# formats = "assert"         # "annotate": a `format` says nothing about which values are valid
# schemas_style = "pydantic" # or "dataclass", "typeddict", "msgspec": schemas alone; needs bothends[styles]
# format = "isolated"        # "project": in the style that ruff is configured for where the package lies
# overlays = []              # OpenAPI Overlays that change the document before it is read
# pagination = true          # false: only pages that the document states
# templates = "templates"    # a folder of templates that stand in for ours (`bothends templates`)

# [targets.select]           # which operations; schemas that they do not use are left out
# tags = ["pets"]
# except_paths = ["/admin/*"]
# internal = true            # false: without what is marked x-internal

# [targets.names]            # names of your own; `bothends explain` lists the keys
# types = {{ "Pet" = "Animal" }}
# members = {{ "Pet/photoUrls" = "photos" }}
# operations = {{ "listPets" = "list_all" }}
"""


def run(options: argparse.Namespace) -> int:
    """Write ``bothends.toml`` in the current folder; never over an existing one. Asks nothing."""
    if options.schema:
        sys.stdout.write(schema_text())
        return FINE
    path = Path("bothends.toml")
    spec = next((name for name in _USUAL if Path(name).is_file()), _USUAL[0])
    text = _TEMPLATE.format(spec=spec, pad=" " * max(1, 20 - len(spec)))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        sys.stderr.write(f"{path} exists already\n")
        return PROBLEM
    except OSError as error:
        sys.stderr.write(f"{path} cannot be written: {error.strerror or error}\n")
        return PROBLEM
    print(f"{path}: written; edit spec and output, then run `bothends generate`")  # noqa: T201 - it prints
    return FINE
