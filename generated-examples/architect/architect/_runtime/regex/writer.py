"""Trees to text, in the spelling of pydantic's engine (Rust) or of Python's."""

from __future__ import annotations

from enum import Enum

from .cost import width
from .syntax import (
    LAST,
    Back,
    Chars,
    Choice,
    Edge,
    Group,
    Look,
    Node,
    Range,
    Repeat,
    Sequence,
    complement,
)


class Engine(Enum):
    """Whose spelling is wanted."""

    RUST = "rust"
    PYTHON = "python"


class UnsupportedError(ValueError):
    """The engine cannot do what the pattern says."""


_EDGES = {
    Engine.RUST: {
        "start": "^",
        "end": "$",
        "word": r"(?-u:\b)",
        "not-word": r"(?-u:\B)",
    },
    Engine.PYTHON: {
        "start": "^",
        "end": r"\Z",
        "word": r"(?a:\b)",
        "not-word": r"(?a:\B)",
    },
}
_CONTROLS = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\f": r"\f", "\v": r"\v"}
_SURROGATES = (0xD800, 0xDFFF)
_MOST_REPEATS = 2**32 - 2


def write(node: Node, engine: Engine) -> str:
    """Return a pattern that means the same to an engine. Raises UnsupportedError."""
    match node:
        case Chars():
            return _chars(node, engine)
        case Edge(kind=kind):
            return _EDGES[engine][kind]
        case Group(inner=inner, number=number, ignore_case=ignore_case):
            opening = "(?i:" if ignore_case else "(?:" if number is None else "("
            return f"{opening}{write(inner, engine)})"
        case Repeat():
            return _repeat(node, engine)
        case Sequence(items=items):
            return "".join(_in_sequence(item, engine) for item in items)
        case Choice(options=options):
            return "|".join(write(option, engine) for option in options)
        case Look() | Back():
            if engine is Engine.RUST:
                raise UnsupportedError("no lookaround and no references to groups")
            return _look(node) if isinstance(node, Look) else _back(node)


def _in_sequence(node: Node, engine: Engine) -> str:
    text = write(node, engine)
    return f"(?:{text})" if isinstance(node, Choice) else text


def _repeat(node: Repeat, engine: Engine) -> str:
    if node.least > _MOST_REPEATS:
        raise UnsupportedError("too many repeats")
    most = None if node.most is None or node.most > _MOST_REPEATS else node.most
    inner = write(node.inner, engine)
    if not isinstance(node.inner, Chars | Group):
        inner = f"(?:{inner})"
    return f"{inner}{_quantifier(node.least, most)}{'?' if node.lazy else ''}"


def _quantifier(least: int, most: int | None) -> str:
    if (least, most) in _SIGNS:
        return _SIGNS[least, most]
    if least == most:
        return f"{{{least}}}"
    return f"{{{least},{'' if most is None else most}}}"


_SIGNS: dict[tuple[int, int | None], str] = {
    (0, None): "*",
    (1, None): "+",
    (0, 1): "?",
}


def _look(node: Look) -> str:
    if not node.behind:
        return f"(?{'!' if node.negated else '='}{write(node.inner, Engine.PYTHON)})"
    options = node.inner.options if isinstance(node.inner, Choice) else (node.inner,)
    for option in options:
        least, most = width(option)
        if least != most:
            raise UnsupportedError("a lookbehind of varying length")
    written = [write(option, Engine.PYTHON) for option in options]
    if node.negated:
        return "".join(f"(?<!{text})" for text in written)
    looks = "|".join(f"(?<={text})" for text in written)
    return looks if len(written) == 1 else f"(?:{looks})"


def _back(node: Back) -> str:
    # A group without a match is an empty text to ECMA-262, a mismatch to Python.
    return f"(?({node.number})\\{node.number}|)"


def _chars(node: Chars, engine: Engine) -> str:
    if node.is_letter:
        return _letter(node.ranges[0][0])
    if node.properties and engine is Engine.PYTHON:
        raise UnsupportedError("no properties of Unicode")
    if len(node.properties) == 1 and not node.ranges and not node.negated:
        return _property(node.properties[0].name, node.properties[0].negated)
    ranges = _without_surrogates(node.ranges)
    everything = not node.properties and not complement(tuple(ranges))
    if everything or not (ranges or node.properties):
        return "(?s:.)" if everything != node.negated else r"[^\s\S]"
    items = [_property(item.name, item.negated) for item in node.properties]
    return f"[{'^' if node.negated else ''}{_ranges(ranges)}{''.join(items)}]"


def _property(name: str, negated: bool) -> str:
    return f"\\{'P' if negated else 'p'}{{{name}}}"


def _ranges(ranges: list[Range]) -> str:
    text = ""
    dash = False
    for first, last in ranges:
        if first == last == 0x2D:
            dash = True
            continue
        text += _in_class(first, text)
        if last > first + 1:
            text += "-"
        if last > first:
            text += _in_class(last, text)
    # At the end a dash needs no backslash.
    return f"{text}-" if dash else text


def _without_surrogates(ranges: tuple[Range, ...]) -> list[Range]:
    """Leave out what no text can hold, lest the class be empty or not compile."""
    low, high = _SURROGATES
    kept: list[Range] = []
    for first, last in ranges:
        if first < low and last > high:
            kept.append((first, last))
            continue
        if first < low:
            kept.append((first, min(last, low - 1)))
        if last > high:
            kept.append((max(first, high + 1), last))
    return kept


def _letter(code: int) -> str:
    letter = chr(code)
    if letter in r"\^$.|?*+()[]{}":
        return f"\\{letter}"
    return (
        r"[^\s\S]" if _SURROGATES[0] <= code <= _SURROGATES[1] else _printable(letter)
    )


def _in_class(code: int, before: str) -> str:
    letter = chr(code)
    # Doubled signs are operators on classes to Rust and warned of by Python.
    if (
        letter in "\\[]-"
        or (letter == "^" and not before)
        or (letter in "&~|" and before.endswith(letter))
    ):
        return f"\\{letter}"
    return _printable(letter)


def _printable(letter: str) -> str:
    if letter in _CONTROLS:
        return _CONTROLS[letter]
    if letter.isprintable() and (letter.isascii() or not letter.isspace()):
        return letter
    code = ord(letter)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{min(code, LAST):08x}"
