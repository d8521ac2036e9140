"""What matching a pattern costs: memory in pydantic's engine, time in Python's."""

from __future__ import annotations

from .syntax import (
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
    children,
    complement,
)


def size(node: Node) -> int:
    """Estimate, on the high side, how many bytes pydantic's engine needs."""
    match node:
        case Chars(ranges=ranges, properties=properties, negated=negated):
            return (
                100
                + 45_000 * len(properties)
                + sum(map(_range_size, complement(ranges) if negated else ranges))
            )
        case Repeat(inner=inner, least=least, most=most):
            return (least + 1 if most is None else max(most, 1)) * size(inner)
        case _:
            return 100 + sum(map(size, children(node)))


def width(node: Node) -> tuple[int, int | None]:
    """Return how many characters are matched at least and, if limited, at most."""
    match node:
        case Chars():
            return 1, 1
        case Edge() | Look():
            return 0, 0
        case Group(inner=inner):
            return width(inner)
        case Back():
            return 0, None
        case Repeat(inner=inner, least=least, most=most):
            low, high = width(inner)
            return low * least, None if most is None or high is None else high * most
        case Sequence(items=items):
            widths = [width(item) for item in items]
            return sum(low for low, _ in widths), _total([high for _, high in widths])
        case Choice(options=options):
            widths = [width(option) for option in options]
            return min(low for low, _ in widths), _largest([high for _, high in widths])


def may_explode(node: Node) -> bool:
    """Tell whether matching may take exponential time, for an engine that goes back.

    It may where something is repeated that can itself be repeated or chosen in several
    ways over the same text. Errs on the side of yes.
    """
    if isinstance(node, Repeat) and _is_many(node) and _is_ambiguous(node.inner):
        return True
    return any(may_explode(child) for child in children(node))


def _is_many(node: Repeat) -> bool:
    return node.most is None or node.most > max(node.least, 10)


def _is_ambiguous(node: Node) -> bool:
    match node:
        case Group(inner=inner):
            return _is_ambiguous(inner)
        case Repeat(inner=inner):
            return _is_many(node) or _is_ambiguous(inner)
        case Choice(options=options):
            firsts = [_first(option) for option in options]
            pairs = (
                (one, other)
                for place, one in enumerate(firsts)
                for other in firsts[:place]
            )
            return any(_overlap(one, other) for one, other in pairs) or any(
                map(_is_ambiguous, options)
            )
        case Sequence(items=items):
            return _is_ambiguous_sequence(items)
        case _:
            return False


def _is_ambiguous_sequence(items: tuple[Node, ...]) -> bool:
    for place, item in enumerate(items):
        if _is_ambiguous(item):
            others = items[:place] + items[place + 1 :]
            firsts = _all(item)
            # What must come and cannot be part of what varies keeps the rounds apart.
            if not any(
                isinstance(other, Chars) and not _overlap(_first(other), firsts)
                for other in others
            ):
                return True
    return False


def _first(node: Node) -> tuple[Range, ...] | None:
    """Return the characters that a match may begin with; None for all."""
    match node:
        case Chars(ranges=ranges, properties=properties, negated=negated):
            if properties:
                return None
            return complement(ranges) if negated else ranges
        case Group(inner=inner):
            return _first(inner)
        case Repeat(inner=inner, least=least):
            return _first(inner) if least else None
        case Sequence(items=items) if items:
            return _first(items[0])
        case Choice(options=options):
            return _united([_first(option) for option in options])
        case _:
            return None


def _all(node: Node) -> tuple[Range, ...] | None:
    """Return the characters that a match may hold; None for all."""
    if isinstance(node, Chars):
        return _first(node)
    if isinstance(node, Back):
        return None
    return _united([_all(child) for child in children(node)])


def _united(sets: list[tuple[Range, ...] | None]) -> tuple[Range, ...] | None:
    united: tuple[Range, ...] = ()
    for ranges in sets:
        if ranges is None:
            return None
        united += ranges
    return united


def _overlap(one: tuple[Range, ...] | None, other: tuple[Range, ...] | None) -> bool:
    if one is None or other is None:
        return True
    return any(
        first <= end and begin <= last for first, last in one for begin, end in other
    )


def _range_size(bounds: Range) -> int:
    first, last = bounds
    if last < 0x80:
        return 50
    # The engine matches bytes: characters of each length are a case of their own.
    crossed = sum(first < border <= last for border in (0x80, 0x800, 0x10000))
    return (120 if last - first < 0x400 else 250) + 350 * crossed


def _total(widths: list[int | None]) -> int | None:
    known = [width for width in widths if width is not None]
    return sum(known) if len(known) == len(widths) else None


def _largest(widths: list[int | None]) -> int | None:
    known = [width for width in widths if width is not None]
    return max(known) if len(known) == len(widths) else None
