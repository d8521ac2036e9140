"""The command line's arguments. Imports nothing heavy: ``--help`` must be quick."""

from __future__ import annotations

import argparse
from typing import Final

FORMATS: Final = ("text", "json", "github", "sarif")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    from bothends import __version__

    top = argparse.ArgumentParser(
        prog="bothends",
        description="Turns an OpenAPI document into a Python package: pydantic schemas, client and server.",
        epilog="Exit codes: 0 fine; 1 differences or disagreement; 2 a problem in the document, the configuration"
        " or the call; 3 a fault of bothends.",
    )
    top.add_argument("--version", action="version", version=f"bothends {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _generate(commands.add_parser("generate", help="write the package, or every configured package"))
    _generate(commands.add_parser("check", help="exit 1 and show a diff when the output is stale; write nothing"))
    _validate(commands.add_parser("validate", help="say what is wrong with a document"))
    _extract(commands.add_parser("extract", help="build one document out of documentation pages that embed it"))
    _serve(commands.add_parser("serve", help="run the generated server as a mock, at once"))
    _verify(commands.add_parser("verify", help="drive the generated client against the generated server"))
    commands.add_parser("init", help="write a first configuration")
    return top


def _generate(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", nargs="?", metavar="SPEC", help="the document: a path, or - for standard input")
    command.add_argument("-o", "--output", metavar="DIR", help="the folder of the generated package")
    command.add_argument("--parts", metavar="LIST", help="schemas,client,server (default: all three)")
    command.add_argument("--package", metavar="NAME", help="name of the package (default: the folder's name)")
    command.add_argument("--config", metavar="FILE", help="configuration file (default: found from here upwards)")
    command.add_argument("--force", action="store_true", help="overwrite files that were edited by hand")
    command.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")
    command.add_argument("--diff", action="store_true", help="show the difference to what is on disk")
    _messages(command)


def _validate(command: argparse.ArgumentParser) -> None:
    command.add_argument("specs", nargs="+", metavar="SPEC", help="documents: paths, or - for standard input")
    _messages(command)


def _extract(command: argparse.ArgumentParser) -> None:
    command.add_argument("pages", nargs="+", metavar="PAGE", help="Markdown or HTML pages, or folders of them")
    command.add_argument("-o", "--output", required=True, metavar="SPEC", help="the document to write")
    _messages(command)


def _serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", metavar="SPEC", help="the document: a path, or - for standard input")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    command.add_argument("--port", type=int, default=8000, help="port to listen on; 0: any (default: %(default)s)")
    _messages(command)


def _verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", metavar="SPEC", help="the document: a path, or - for standard input")
    _messages(command)


def _messages(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="treat warnings as errors")
    command.add_argument("--format", choices=FORMATS, default="text", help="how diagnostics are printed")
    volume = command.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    volume.add_argument("-v", "--verbose", action="store_true", help="print notes too")
