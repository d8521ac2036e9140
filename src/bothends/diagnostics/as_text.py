"""Located diagnostics in, text for a terminal out: place, sentence, excerpt with a caret, related places, hint."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from bothends.diagnostics.located import Located, Place
from bothends.diagnostics.model import Severity

# How much of a long line an excerpt shows, and how much of that before the caret.
_WIDTH = 100
_BEFORE = 40
# How many of the places that a message is also true of are listed.
_ALIKE = 5
# How many errors that say the same are shown each: somebody will have to go there.
_FEW_ERRORS = 20
# How much of a pointer is shown: its beginning and its end.
_POINTER = 300
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.NOTE: "\x1b[1;36m"}
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def as_text(located: Iterable[Located], *, colour: bool, grouped: bool = False) -> str:
    """Return one block for each diagnostic; ``grouped``: one for all warnings, or many errors, that say the same."""
    shown = list(located)
    counted = Counter(_said(one) for one in shown)
    groups: dict[object, list[Located]] = {}
    for number, one in enumerate(shown):
        said = _said(one)
        is_few = one.diagnostic.severity is Severity.ERROR and counted[said] <= _FEW_ERRORS
        is_alone = not grouped or is_few or one.place is None
        groups.setdefault(number if is_alone else said, []).append(one)
    return "".join(_block(first, others, colour) for first, *others in groups.values())


def _said(one: Located) -> tuple[object, ...]:
    diagnostic = one.diagnostic
    return diagnostic.severity, diagnostic.code, diagnostic.message, diagnostic.hint


def _block(one: Located, alike: Sequence[Located], colour: bool) -> str:
    diagnostic = one.diagnostic
    label = _paint(f"{diagnostic.severity}[{diagnostic.code}]", _COLOURS[diagnostic.severity], colour)
    place = f"{_paint(_where(one.place), _BOLD, colour)}: " if one.place else ""
    lines = [f"{place}{label}: {visible(diagnostic.message)}"]
    if one.place:
        lines += _excerpt(one.place, colour)
        if one.place.pointer:
            lines.append(f"  at {visible(_shortened(one.place.pointer))}")
    for other, message in one.related:
        lines.append(f"  {_where(other)}: {visible(message)}")
        lines += _excerpt(other, colour)
    if alike:
        lines.append(f"  {_also(one, alike)}")
    if diagnostic.hint:
        lines.append(f"  help: {visible(diagnostic.hint)}")
    return "\n".join(lines) + "\n"


def _also(first: Located, alike: Sequence[Located]) -> str:
    """Say where else the same is to be said, as long as that is short."""
    listed = ", ".join(_briefly(one.place, first.place) for one in alike[:_ALIKE])
    rest = len(alike) - _ALIKE
    return f"also at {listed}" + (f" and {rest:,} more; -v shows them all" if rest > 0 else "; -v shows them")


def _briefly(place: Place | None, before: Place | None) -> str:
    if place and before and place.uri == before.uri and place.line is not None:
        return f"line {place.line}"
    return _where(place) if place else ""


def _shortened(pointer: str) -> str:
    half = _POINTER // 2
    return pointer if len(pointer) <= _POINTER else f"{pointer[:half]}…{pointer[-half:]}"


def _where(place: Place) -> str:
    uri = visible(place.uri)
    return uri if place.line is None else f"{uri}:{place.line}:{place.column or 1}"


def _excerpt(place: Place, colour: bool) -> list[str]:
    if place.source is None or place.line is None:
        return []
    column = min((place.column or 1) - 1, len(place.source))
    start = max(0, column - _BEFORE) if len(place.source) > _WIDTH else 0
    shown = visible(place.source[start : start + _WIDTH])
    before = visible(place.source[start:column])
    if start:
        shown, before = f"…{shown}", f"…{before}"
    if start + _WIDTH < len(place.source):
        shown += "…"
    gutter = str(place.line)
    caret = " " * _columns(before) + "^"
    bar = _paint("|", _DIM, colour)
    return [
        f"  {_paint(gutter, _DIM, colour)} {bar} {shown}",
        f"  {' ' * len(gutter)} {bar} {_paint(caret, _BOLD, colour)}",
    ]


def visible(text: str) -> str:
    """Replace what would move a terminal's cursor or hide text: control, bidirectional and invisible characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible_character(character) for character in text)


def _visible_character(character: str) -> str:
    if character == "\t":
        return " "
    if character == "\n":
        return "⏎"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return f"\\u{ord(character):04x}"
    return character


def _columns(text: str) -> int:
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _paint(text: str, code: str, colour: bool) -> str:
    return f"{code}{text}{_PLAIN}" if colour else text
