"""The command line's arguments. Imports nothing heavy: ``--help`` must be quick."""

from __future__ import annotations

import argparse
from typing import Final

SCHEMAS_STYLES: Final = ("pydantic", "dataclass", "typeddict", "msgspec")
FORMATS: Final = ("text", "json", "github", "sarif")
DIFF_FORMATS: Final = ("text", "markdown", "json", "html")
_SPEC: Final = "the document: a path, a URL of a host that is allowed, or - for standard input"


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
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", prog=top.prog)
    generate = commands.add_parser("generate", help="write the package, or every configured package")
    generate.add_argument("--update", action="store_true", help="accept fetched documents that have changed")
    _generate(generate)
    _generating(generate)
    check = commands.add_parser("check", help="exit 1 and show a diff when the output is stale; write nothing")
    check.add_argument("--diff", action="store_true", help="show the whole difference, however long it is")
    _generate(check)
    _progress(check)
    _validate(commands.add_parser("validate", help="say what is wrong with a document"))
    _extract(commands.add_parser("extract", help="build one document out of documentation pages that embed it"))
    _diff(commands.add_parser("diff", help="say what changed between two documents, and for whom it breaks"))
    _serve(commands.add_parser("serve", help="run the generated server as a mock, at once"))
    _scaffold(commands.add_parser("scaffold", help="write a project around the server; later, add missing handlers"))
    _verify(commands.add_parser("verify", help="drive the generated client against the generated server"))
    init = commands.add_parser("init", help="write a first configuration")
    init.add_argument("--schema", action="store_true", help="print the JSON Schema of the configuration instead")
    _explain(commands.add_parser("explain", help="say what was understood of a document, and what things are called"))
    templates = commands.add_parser("templates", help="list the templates, or copy them to change them")
    templates.add_argument("names", nargs="*", metavar="NAME", help="templates (default: all)")
    templates.add_argument("--copy", metavar="DIR", help="write copies into a folder")
    return top


def _generate(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", nargs="?", metavar="SPEC", help=_SPEC)
    command.add_argument("-o", "--output", metavar="DIR", help="the folder of the generated package")
    command.add_argument("--parts", metavar="LIST", help="schemas,client,server (default: all three)")
    command.add_argument("--package", metavar="NAME", help="name of the package (default: the folder's name)")
    command.add_argument("--schemas-style", choices=SCHEMAS_STYLES, help="schemas as other classes than pydantic's")
    command.add_argument("--relock", action="store_true", help="forget the names of before: the rules name everything")
    _reading(command)
    _messages(command)


def _generating(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")
    command.add_argument("--diff", action="store_true", help="show the difference to what is on disk")
    command.add_argument("--force", action="store_true", help="overwrite files that were edited by hand")
    command.add_argument("--keep", action="store_true", help="leave files that were edited by hand as they are")
    command.add_argument("--exit-code", action="store_true", help="exit 1 when something was written, for hooks")
    command.add_argument("--jobs", type=int, metavar="N", help="targets at once (default: one for each processor)")
    command.add_argument("--depfile", metavar="FILE", help="write what this depended on, for Make and Ninja")
    command.add_argument("--stamp", metavar="FILE", help="touch a file in the end, and name it in the depfile")
    command.add_argument("--watch", action="store_true", help="generate again whenever an input changes")
    _progress(command)


def _progress(command: argparse.ArgumentParser) -> None:
    choices = ("auto", "json", "none")
    command.add_argument("--fresh", action="store_true", help="do everything, though digests say nothing has changed")
    command.add_argument("--profile", action="store_true", help="say where the time went")
    command.add_argument("--progress", choices=choices, default="auto", help="how stages are shown (auto: terminals)")


def _validate(command: argparse.ArgumentParser) -> None:
    command.add_argument("specs", nargs="*", metavar="SPEC", help=f"{_SPEC} (default: every configured one)")
    command.add_argument("--fixes", metavar="FILE", help="write an overlay with the cures of what can be mended so")
    _reading(command)
    _messages(command)


def _extract(command: argparse.ArgumentParser) -> None:
    pages = "Markdown or HTML pages, folders of them, llms.txt indexes; by path, or by URL of a host that is allowed"
    command.add_argument("pages", nargs="+", metavar="PAGE", help=pages)
    command.add_argument("-o", "--output", required=True, metavar="SPEC", help="the document to write")
    command.add_argument("--update", action="store_true", help="accept fetched pages that have changed")
    _access(command)
    _messages(command)


def _diff(command: argparse.ArgumentParser) -> None:
    kept = "or a generated package with a server"
    command.add_argument("old", metavar="OLD", help=f"the document before, {kept}")
    command.add_argument("new", metavar="NEW", help=f"the document after, {kept}")
    command.add_argument("-o", "--output", metavar="FILE", help="write the comparison there")
    command.add_argument(
        "--fail-on",
        choices=("breaking", "risky", "any", "never"),
        default="breaking",
        help="exit 1 when a change is that bad for callers, or worse (default: %(default)s)",
    )
    command.add_argument("--format", choices=DIFF_FORMATS, default="text", help="how the comparison is printed")
    _reading(command)
    _volume(command)


def _serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", metavar="SPEC", help=_SPEC)
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    command.add_argument("--port", type=int, default=8000, help="port to listen on; 0: any (default: %(default)s)")
    command.add_argument(
        "--credential",
        metavar="SECRET",
        action="append",
        default=[],
        help="a key, token or password that callers must have (default: any does); may be repeated",
    )
    command.add_argument("--stateful", action="store_true", help="remember what is created, until the end")
    command.add_argument("--database", metavar="FILE", help="remember what is created in a file of SQLite")
    command.add_argument("--latency", metavar="SECONDS", help="time before each answer: 0.2, or 0.1-0.5")
    command.add_argument(
        "--faults", metavar="LIST", help="shares of answers to spoil: 503=0.1,429=0.05,cut=0.01 (cut: not whole)"
    )
    command.add_argument("--reload", action="store_true", help="serve the document anew whenever it changes")
    command.add_argument("--seed", type=int, default=0, help="asks for other made-up values (default: %(default)s)")
    _reading(command)
    _messages(command)


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", nargs="?", metavar="SPEC", help=f"{_SPEC} (default: every configured one)")
    command.add_argument("--format", choices=("text", "json"), default="text", help="how it is printed")
    _reading(command)
    _volume(command)


def _scaffold(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", nargs="?", metavar="SPEC", help=f"{_SPEC} (default: every configured target)")
    command.add_argument("-o", "--output", metavar="DIR", help="the folder of the project (default: this one)")
    command.add_argument("--parts", help=argparse.SUPPRESS)
    command.add_argument("--package", help=argparse.SUPPRESS)
    _reading(command)
    _messages(command)


def _verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", metavar="SPEC", help=_SPEC)
    _reading(command)
    _messages(command)


def _reading(command: argparse.ArgumentParser) -> None:
    command.add_argument("--overlay", action="append", default=[], metavar="FILE", help="an overlay to apply first")
    _access(command)


def _access(command: argparse.ArgumentParser) -> None:
    host, folder = "HOST[:PORT]", "DIR"
    command.add_argument("--config", metavar="FILE", help="configuration file (without SPEC: found from here upwards)")
    command.add_argument("--allow-host", action="append", default=[], metavar=host, help="fetch documents from there")
    command.add_argument("--allow-folder", action="append", default=[], metavar=folder, help="files may lie there, too")
    command.add_argument("--offline", action="store_true", help="fetch nothing")


def _messages(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=FORMATS, default="text", help="how diagnostics are printed")
    _volume(command)


def _volume(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="treat warnings as errors")
    volume = command.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    volume.add_argument("-v", "--verbose", action="store_true", help="print notes too")
