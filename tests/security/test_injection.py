"""Text of a document never becomes code, and reaches the wire as it is: whatever stands in every position at once."""

from __future__ import annotations

import random
import re

import pytest

from security.injection import check, check_meaningful
from security.payloads import HARMLESS, PAYLOADS
from security.positions import DOCUMENTS, MEANINGFUL, every_position, positions, texts

#: How many random strings a run is made of, and how many of them make one document.
_STRINGS = 10_000


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("payload", [text for text in PAYLOADS if text])
def test_a_payload_in_every_position_keeps_the_shape_of_the_package(document: str, payload: str) -> None:
    check(document, texts(document, payload), calls=False)


@pytest.mark.exhaustive
@pytest.mark.parametrize(("number", "payload"), list(enumerate(PAYLOADS))[::3])
def test_a_payload_reaches_the_wire_as_it_is(number: int, payload: str) -> None:
    check("openapi_3_2", texts("openapi_3_2", payload, turn=number % 2))


@pytest.mark.exhaustive
@pytest.mark.parametrize(("document", "position"), [place for place in every_position() if place[1] in MEANINGFUL])
def test_a_payload_where_text_matters_has_the_shape_of_some_harmless_text(document: str, position: str) -> None:
    for payload in PAYLOADS[len(position) % 10 :: 10]:
        check_meaningful(document, position, payload, HARMLESS)


def random_texts(chosen: random.Random, document: str) -> dict[str, str]:
    """Return a random text for every position where text is free; each text is another one."""
    drawn: dict[str, str] = {}
    while len(drawn) < len(positions(document)):
        drawn.setdefault(_random_text(chosen), "")
    found: dict[str, str] = {}
    for position, text in zip(positions(document), drawn, strict=True):
        found |= {position: text} if position in texts(document, text) else {}
    return found


def _random_text(chosen: random.Random) -> str:
    kind = chosen.choice((_any_character, _ascii, _pieces, _pieces))
    text = "".join(kind(chosen) for _ in range(chosen.randint(1, 12)))
    # With half of a surrogate pair in it the whole document would be refused.
    return re.sub("[\ud800-\udfff]", "-", text) or "-"


def _any_character(chosen: random.Random) -> str:
    return chr(chosen.choice((chosen.randrange(0x110000), chosen.randrange(0x3000), chosen.randrange(0x100))))


def _ascii(chosen: random.Random) -> str:
    return chr(chosen.randrange(0x80))


def _pieces(chosen: random.Random) -> str:
    text = chosen.choice(PAYLOADS)
    start = chosen.randrange(len(text) + 1)
    return text[start : start + chosen.randint(1, 8)]


@pytest.mark.exhaustive
@pytest.mark.parametrize("part", range(8))
@pytest.mark.parametrize("document", DOCUMENTS)
def test_random_texts_keep_the_shape_of_the_package(document: str, part: int) -> None:
    chosen = random.Random(f"{document} {part}")
    strings = 0
    while strings < _STRINGS // 16:
        filled = random_texts(chosen, document)
        strings += len(filled) if check(document, filled) is None else 0
