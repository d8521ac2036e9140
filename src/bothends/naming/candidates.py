"""Spellings for one thing, the best first, without a look at its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bothends.ir.operations import Operation, Parameter, Place, Slot
from bothends.ir.types import JsonScalar, TypeId
from bothends.naming.lengths import file_name, shortened
from bothends.naming.reserved import reserved
from bothends.naming.statuses import phrase
from bothends.naming.symbols import as_parsed, ascii_letters, faithful, official
from bothends.naming.words import pascal, snake, split, upper_snake

_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_NOTHING: frozenset[str] = frozenset()
_SUCCESSES = frozenset({"200", "201", "2XX"})
#: What a step is a step to, for names that clash without it.
_KINDS = {"item": "", "value": "", "body": "", "response": "", "parameter": "Parameter", "header": "Header"}


def attribute_spellings(wire: str, kind: str, avoid: frozenset[str]) -> tuple[str, ...]:
    """Return spellings of a property, parameter, method or module: ``petId`` is ``pet_id``."""
    found = _attribute_spellings(wire, kind, _NOTHING)
    return found if avoid.isdisjoint(found) else _attribute_spellings(wire, kind, avoid)


@lru_cache(maxsize=32768)
def _attribute_spellings(wire: str, kind: str, avoid: frozenset[str]) -> tuple[str, ...]:
    words = split(wire)
    plain = _usable(snake(words), f"{kind}_", avoid)
    spelled = _usable(faithful(wire), f"{kind}_", avoid)
    return _distinct(plain, spelled, f"{kind}_{faithful(wire)}", f"{kind}_{official(wire)}")


def module_spellings(name: str, wire: str, kind: str, *lists: str) -> tuple[str, ...]:
    """Return spellings of a module, in the letters that file systems and linters agree on."""
    avoid = reserved("modules", *lists)
    plain, spelled, last = (snake(split(ascii_letters(text))) for text in (name, faithful(wire), official(wire)))
    names = (_usable(each, f"{kind}_", avoid) for each in (plain, spelled, f"{plain}_{kind}", last))
    return _distinct(*map(file_name, names))


def parameter_spellings(parameter: Parameter, avoid: frozenset[str]) -> tuple[str, ...]:
    """Return spellings of a parameter; where two places share a name, the place comes first: ``query_id``."""
    plain, *others = attribute_spellings(parameter.wire, "parameter", avoid)
    place = "query" if parameter.place is Place.QUERYSTRING else parameter.place.value
    return _distinct(plain, f"{place}_{plain}", *others, f"{place}_{faithful(parameter.wire)}")


def class_spellings(words: Sequence[str], wire: str, avoid: frozenset[str]) -> tuple[str, ...]:
    """Return spellings of a component schema or a group: ``pet-store`` is ``PetStore``."""
    exact = faithful(wire)
    names = [pascal(words), pascal(split(exact)), exact[:1].upper() + exact[1:], exact, pascal(split(official(wire)))]
    # A class in small letters would be taken for a module or an attribute: ``user`` beside ``User`` is ``LowerUser``.
    return _distinct(*(_usable(name, "Model", avoid) for name in names if name == names[0] or name != name.lower()))


@lru_cache(maxsize=32768, typed=True)
def member_spellings(value: JsonScalar, hint: str | None) -> tuple[str, ...]:
    """Return spellings of a member of an enumeration: ``in-progress`` is ``IN_PROGRESS``, ``-1`` is ``MINUS_1``."""
    wire = "" if value is None else str(value)
    avoid = reserved("members")
    spellings = [_usable(upper_snake(split(text)), "VALUE_", avoid) for text in (hint, wire) if text]
    if not wire:
        return _distinct(*spellings, "EMPTY")
    spelled, last = faithful(wire), official(wire).upper()
    rest = [spelled.upper(), spelled, last] if wire.isidentifier() else [spelled.upper(), last, spelled]
    return _distinct(*spellings, *(_usable(text, "VALUE_", avoid) for text in rest))


def operation_words(operation: Operation) -> tuple[str, ...]:
    """Return the words of the operationId, else of method and path: ``GET /pets/{petId}`` is get pets by pet id."""
    if operation.key and split(operation.key):
        return split(_function(operation)) or split(operation.key)
    words: list[str] = [operation.id.method.lower()]
    for part in operation.path.parts:
        words += ("by", *split(part.wire)) if isinstance(part, Slot) else split(part.strip("/"))
    return tuple(words) if len(words) > 1 else (*words, "root")


def _function(operation: Operation) -> str:
    """Return the operationId without path and method where FastAPI made it of the name of a function and those."""
    made = re.sub(r"\W", "_", f"{operation.id.path}_{operation.id.method.lower()}")
    return operation.key.removesuffix(made)


def method_spellings(operation: Operation) -> tuple[str, ...]:
    """Return spellings of the method of an operation."""
    avoid = reserved("methods", "builtins")
    by_path = operation_words(operation)
    hint = snake(split(operation.hint))
    spellings = [_usable(hint, "call_", avoid)] if hint else []
    spellings.append(_usable(snake(operation_words(operation)), "call_", avoid))
    if operation.key:
        spellings.append(_usable(snake(split(operation.key)), "call_", avoid))
        spellings.append(_usable(faithful(operation.key), "call_", avoid))
    path = "".join(f"{{{part.wire}}}" if isinstance(part, Slot) else part for part in operation.path.parts)
    spellings.append(_usable(snake((*by_path, operation.id.method.lower(), *split(path))), "call_", avoid))
    return _distinct(*spellings)


def inline_spellings(owner: str, owner_words: Sequence[str], id: TypeId, avoid: frozenset[str]) -> tuple[str, ...]:
    """Return spellings of an inline type: the name of its owner and the words of the way from there.

    A step does not repeat the words that the name so far ends with, unless the names would clash.
    """
    steps = _worded(id.steps)
    words = list(owner_words)
    brief = owner
    for step, _ in steps:
        rest = list(step[_overlap(words, step) :])
        brief = _append(brief, rest)
        words += rest
    whole = owner
    for step, _ in steps:
        whole = _append(whole, step)
    kind = next((kind for _, kind in reversed(steps)), "")
    exact = "_".join([owner, *(faithful(step) for step in id.steps)])
    return _distinct(*(_usable(name, "Model", avoid) for name in (brief, whole, _append(whole, [kind]), exact)))


def _worded(steps: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
    """Return the words of each step, and what kind of thing it leads to."""
    worded: list[tuple[tuple[str, ...], str]] = []
    place = 0
    while place < len(steps):
        step = steps[place]
        label = steps[place + 1] if place + 1 < len(steps) else ""
        name, _, detail = step.partition(":")
        if step == "response" and label:
            worded.append((_response_words(label), "Response"))
            place += 1
        elif step in ("parameter", "header") and label:
            worded.append((split(label), _KINDS[step]))
            place += 1
        elif step == "body":
            worded.append((("Request",), "Body"))
        elif name == "variant" and detail:
            worded.append((split(detail), "Variant"))
        elif name == "item" and detail.isdigit():
            worded.append(((_ordinal(int(detail)),), "Item"))
        else:
            worded.append((split(step), _KINDS.get(step, "Property")))
        place += 1
    return worded


def _response_words(status: str) -> tuple[str, ...]:
    if status in _SUCCESSES:
        return ("Response",)
    return ("Default", "Response") if status == "default" else split(phrase(status))


def _ordinal(place: int) -> str:
    return _ORDINALS[place] if place < len(_ORDINALS) else f"Item{place}"


def _overlap(owner: Sequence[str], step: Sequence[str]) -> int:
    """Return how many words at the end of the owner the step begins with; never all of the step."""
    folded = [word.casefold() for word in owner]
    for size in range(min(len(folded), len(step) - 1), 0, -1):
        if folded[-size:] == [word.casefold() for word in step[:size]]:
            return size
    return 0


def _append(name: str, words: Sequence[str]) -> str:
    return pascal([name, *(word for word in words if word)])


def _usable(name: str, prefix: str, avoid: frozenset[str]) -> str:
    """Return the name, made an identifier that does not begin with an underscore and is not to be avoided."""
    name = as_parsed(name)
    if not name or not (prefix + name).isidentifier():
        name = f"{prefix}empty" if prefix.islower() else f"{prefix}Empty"
    if not name.isidentifier() or name.startswith("_"):
        name = prefix + name.lstrip("_")
    return f"{name}_" if name in avoid else name


def _distinct(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shortened(as_parsed(name)) for name in names))
