"""The command line's arguments. Imports nothing heavy: ``--help`` must be quick."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import Final

SCHEMAS_STYLES: Final = ("pydantic", "dataclass", "typeddict", "msgspec")
FORMATS: Final = ("text", "json", "github", "sarif")
DIFF_FORMATS: Final = ("text", "markdown", "json", "html")
_USUAL_WIDTH: Final = 80
_SPEC: Final = "the document: a path, a URL of a host that is allowed, or - for standard input"


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, or what it takes to parse a call of one command."""
    from bothends import __version__

    top = argparse.ArgumentParser(
        prog="bothends",
        description="Turns an OpenAPI document into a Python package: pydantic schemas, client and server.",
        epilog="Exit codes: 0 fine; 1 differences or disagreement; 2 a problem in the document, the configuration"
        " or the call; 3 a fault of bothends; 130 and 143 where it was interrupted or told to end.",
        formatter_class=_Formatter,
    )
    top.add_argument("--version", action="version", version=f"bothends {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", prog=top.prog)
    for name, (explanation, add_arguments) in _COMMANDS.items():
        found = commands.add_parser(name, help=explanation, formatter_class=_Formatter)
        if command in (name, None) or command not in _COMMANDS:
            add_arguments(found)
    return top


class _Formatter(argparse.HelpFormatter):
    """Finds the width of the terminal without loading what compresses files."""

    def __init__(self, prog: str) -> None:
        columns = os.environ.get("COLUMNS", "")
        super().__init__(prog, width=(int(columns) if columns.isdecimal() else _columns()) - 2)


def _columns() -> int:
    try:
        return os.get_terminal_size().columns or _USUAL_WIDTH
    except (OSError, ValueError, AttributeError):
        return _USUAL_WIDTH


def _generate(command: argparse.ArgumentParser) -> None:
    command.add_argument("--update", action="store_true", help="accept fetched documents that have changed")
    _generated(command)
    _generating(command)


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("--diff", action="store_true", help="show the whole difference, however long it is")
    # A build passes one list of options to both commands.
    for option in ("--dry-run", "--force"):
        command.add_argument(
            option, action="store_true", help="taken for the sake of generate; nothing is written here"
        )
    _generated(command)
    _progress(command)


def _generated(command: argparse.ArgumentParser) -> None:
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


def _init(command: argparse.ArgumentParser) -> None:
    command.add_argument("--schema", action="store_true", help="print the JSON Schema of the configuration instead")


def _templates(command: argparse.ArgumentParser) -> None:
    command.add_argument("names", nargs="*", metavar="NAME", help="templates (default: all)")
    command.add_argument("--copy", metavar="DIR", help="write copies into a folder")


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", nargs="?", metavar="SPEC", help=f"{_SPEC} (default: every configured one)")
    command.add_argument("--format", choices=("text", "json"), default="text", help="how it is printed")
    _reading(command)
    _volume(command)


def _scaffold(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", nargs="?", metavar="SPEC", help=f"{_SPEC} (default: every configured target)")
    command.add_argument("-o", "--output", metavar="DIR", help="the folder of the project (default: this one)")
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


#: Every command: what it is for, and what adds its arguments.
_COMMANDS: Final[dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]] = {
    "generate": ("write the package, or every configured package", _generate),
    "check": ("exit 1 and show a diff when the output is stale; write nothing", _check),
    "validate": ("say what is wrong with a document", _validate),
    "extract": ("build one document out of documentation pages that embed it", _extract),
    "diff": ("say what changed between two documents, and for whom it breaks", _diff),
    "serve": ("run the generated server as a mock, at once", _serve),
    "scaffold": ("write a project around the server; later, add missing handlers", _scaffold),
    "verify": ("drive the generated client against the generated server", _verify),
    "init": ("write a first configuration", _init),
    "explain": ("say what was understood of a document, and what things are called", _explain),
    "templates": ("list the templates, or copy them to change them", _templates),
}
