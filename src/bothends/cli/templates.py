"""``bothends templates``: lists the templates, and copies them for a project to change."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bothends.cli.exit_codes import FINE, PROBLEM


def run(options: argparse.Namespace) -> int:
    """List the templates, or write copies of those that are named; never over a file that is there."""
    from bothends.rendering.overrides import copied, template_names

    names = template_names()
    wanted = [name for name in names if not options.names or name in options.names]
    unknown = sorted({*options.names} - {*names})
    if unknown:
        sys.stderr.write(f"there is no template {unknown[0]}; `bothends templates` lists those that there are\n")
        return PROBLEM
    if options.copy is None:
        print("\n".join(wanted))  # noqa: T201 - the command line prints
        return FINE
    folder = Path(options.copy)
    there = [name for name in wanted if (folder / name).exists()]
    if there:
        sys.stderr.write(f"{folder / there[0]} exists already\n")
        return PROBLEM
    try:
        for name in wanted:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(copied(name), encoding="utf-8", newline="\n")
    except OSError as error:
        sys.stderr.write(f"{folder} cannot be written: {error.strerror or error}\n")
        return PROBLEM
    print(f'{folder}: {len(wanted)} templates; name it in the configuration: templates = "{folder}"')  # noqa: T201
    return FINE
