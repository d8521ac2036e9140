"""What others did to a generated package: by hand, with a formatter, or with git; and how that is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bothends.diagnostics.model import Location, Report
from bothends.output.digests import digest, has_digest, with_our_ends
from bothends.output.style import Style


@dataclass(frozen=True, slots=True)
class Touched:
    """Files of a package that are not as they were written, by path.

    ``by_hand`` were edited; ``reformatted`` are up to date but for their layout, and ``other_ends`` but for the ends
    of their lines. What was reformatted and is not up to date is in none: it is written anew.
    """

    by_hand: frozenset[str] = frozenset()
    reformatted: frozenset[str] = frozenset()
    other_ends: frozenset[str] = frozenset()


def touched(
    found: Mapping[str, bytes | None], known: Mapping[str, str], wanted: Mapping[str, bytes], style: Style
) -> Touched:
    """Return what others did to the files that were ``found`` on disk, given the digests that the manifest knows.

    ``style`` is the one that the files which are ``wanted`` now are formatted in.
    """
    differing = {path: data for path, data in found.items() if data is not None and data != wanted.get(path)}
    edited = {path: data for path, data in differing.items() if path in known and not has_digest(data, known[path])}
    stale, reformatted = _reformatted(edited, known, wanted, style) if edited else (set[str](), set[str]())
    return Touched(
        by_hand=frozenset(edited.keys() - stale - reformatted),
        reformatted=frozenset(reformatted),
        other_ends=frozenset(path for path, data in differing.items() if with_our_ends(data) == wanted.get(path)),
    )


def _reformatted(
    edited: Mapping[str, bytes], known: Mapping[str, str], wanted: Mapping[str, bytes], style: Style
) -> tuple[set[str], set[str]]:
    """Return which files another formatter went over: those that are out of date, and those that are not."""
    # Imported on use: somebody has to have touched the package.
    from bothends.output.reformatted import formatted_back, same_syntax

    layout = formatted_back(edited, known, style)
    now = {path for path in layout if path in wanted and digest(wanted[path]) == known[path]}
    others = (path for path in edited if path not in now and path in wanted and path.endswith(".py"))
    same = now | {path for path in others if same_syntax(edited[path], wanted[path])}
    return layout - same, same


def report_refused(path: Path, report: Report, *, edited: bool) -> None:
    """Say that a file is in the way: one that was ``edited`` by hand, or one that bothends did not write."""
    if edited:
        report.error(
            "edited-file",
            "the file was edited by hand since it was generated",
            Location(str(path)),
            "move the edit out of the generated package; or keep it for now with --keep, or discard it with --force",
        )
    else:
        report.error(
            "foreign-file",
            "a file that bothends did not write stands where a generated file belongs",
            Location(str(path)),
            "choose another output folder, move the file, or overwrite it with --force",
        )


def report_touched(folder: Path, found: Touched, report: Report) -> None:
    """Say what others did that does no harm, and how they stop."""
    if found.reformatted:
        report.note(
            "reformatted-file",
            f"another formatter went over {_files(len(found.reformatted))}, and nobody edited them",
            Location(str(folder)),
            'set format = "project" for the target, so that both formatters agree',
        )
    if found.other_ends:
        report.note(
            "reformatted-file",
            f"the lines of {_files(len(found.other_ends))} end as on Windows, and nobody edited them",
            Location(str(folder)),
            f"write `{folder.as_posix()}/** text=auto eol=lf` into .gitattributes, so that git leaves them alone",
        )


def _files(count: int) -> str:
    return f"{count} generated file{'s' if count > 1 else ''}"
