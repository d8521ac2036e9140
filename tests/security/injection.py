"""One document, some texts in some positions: what has to hold of the package that is made of it.

Either there is a diagnostic and no package. Or the package has the syntax tree that harmless text gives it, imports
and reads nothing else, can be imported, built and called, and knows exactly these texts of the wire.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bothends.diagnostics.model import DocumentError
from security.generating import Generated, generate, loaded
from security.positions import MEANINGFUL, filled, positions
from security.shape import builtins_read, imports, shape
from security.using import build_everything, call, round_trip, wire_facts


@dataclass(frozen=True)
class Expected:
    """What a package has in common with all others of the same document."""

    shape: Counter[str]
    imports: set[str]
    builtins: set[str]
    facts: Counter[str]
    tokens: Mapping[str, str]


@cache
def expected(document: str) -> Expected:
    """Return what harmless texts, each a word of its own, make of a document."""
    tokens = {name: f"harmless {number} text" for number, name in enumerate(_free(document))}
    made = generate(filled(document, tokens))
    assert isinstance(made, Generated), made
    with loaded(made.files) as modules:
        facts = wire_facts(made, modules)
    plain = generate(filled(document, {}))
    assert isinstance(plain, Generated), plain
    assert shape(plain.files) == shape(made.files)
    assert builtins_read(plain.files) == builtins_read(made.files)
    return Expected(shape(made.files), imports(made.files), builtins_read(made.files), facts, tokens)


def check(document: str, texts: Mapping[str, Any], *, calls: bool = True) -> DocumentError | None:
    """Check all that has to hold for texts in free positions; return the error where the document is refused."""
    base = expected(document)
    made = generate(filled(document, texts))
    if isinstance(made, DocumentError):
        return made
    found = shape(made.files)
    assert found == base.shape, _difference(found, base.shape)
    _check_surroundings(made, base)
    with loaded(made.files) as modules:
        build_everything(made, modules)
        facts, wanted = wire_facts(made, modules), _filled_in(base, positions(document) | texts)
        assert facts == wanted, _difference(facts, wanted)
        if calls and document == "openapi_3_2":
            _check_calls(made, modules, positions(document) | texts)
    return None


def check_meaningful(document: str, position: str, text: str, harmless: Iterable[str]) -> DocumentError | None:
    """Check all that has to hold for a text in a position where the text matters."""
    made = generate(filled(document, {position: text}))
    if isinstance(made, DocumentError):
        return made
    found = shape(made.files)
    assert any(found == known for other in harmless if (known := _shape_with(document, position, other)))
    with loaded(made.files) as modules:
        build_everything(made, modules)
    return None


def _free(document: str) -> list[str]:
    return [name for name in positions(document) if name not in MEANINGFUL]


@cache
def _shape_with(document: str, position: str, text: str) -> Counter[str] | None:
    made = generate(filled(document, {position: text}))
    return shape(made.files) if isinstance(made, Generated) else None


def _check_surroundings(made: Generated, base: Expected) -> None:
    foreign = {
        name for name in imports(made.files) - base.imports if not name.startswith(("typing ", "pydantic Field"))
    }
    assert not foreign, foreign
    assert builtins_read(made.files) <= base.builtins, builtins_read(made.files) - base.builtins


def _filled_in(base: Expected, texts: Mapping[str, Any]) -> Counter[str]:
    """Return what the package has to know of the wire with these texts."""
    facts: Counter[str] = Counter()
    for fact, count in base.facts.items():
        kind, _, text = fact.partition(": ")
        for position, token in base.tokens.items():
            text = text.replace(token, f"\0{position}\0")
        parts = text.split("\0")
        parts[1::2] = [str(texts[position]) for position in parts[1::2]]
        facts[f"{kind}: {''.join(parts)}"] += count
    return facts


def _check_calls(made: Generated, modules: Any, texts: Mapping[str, str]) -> None:
    """Send values through the types, and names and values through client and server."""
    for name in ("enum", "plain enum"):
        for value in (texts[f"{name} value"], texts[f"second {name} value"]):
            assert round_trip(made, modules, texts[name], value) == value
    assert round_trip(made, modules, texts["constant"], texts["const"]) == texts["const"]
    sent = {texts["property"]: texts["const"], texts["map property"]: {texts["default key"]: texts["default value"]}}
    if texts["forbidden name"] not in {*sent, texts["optional property"], texts["default key"]}:
        sent[texts["optional property"]] = texts["property default"]
        assert round_trip(made, modules, texts["schema"], sent) == sent
    if texts["path parameter"] and len(texts["path"]) < 1000:
        _check_call(made, modules, texts)


def _check_call(made: Generated, modules: Any, texts: Mapping[str, str]) -> None:
    query = {texts["query parameter"]: texts["query default"], texts["list parameter"]: texts["parameter enum"]}
    sent = {
        ("path", texts["path parameter"]): "a/é?",
        ("query", texts["query parameter"]): texts["query default"],
        ("query", texts["list parameter"]): [texts["parameter enum"]],
    }
    went = call(made, modules, texts["operation id"], texts["oauth scheme"], sent)
    assert went[0] == f"/first/{texts['path']}/a/é?"
    assert went[1] == list(query.items())
    assert {place: went[2][place] for place in sent} == sent


def _difference(found: Counter[str], wanted: Counter[str]) -> str:
    more, less = list((found - wanted).elements()), list((wanted - found).elements())
    return f"unexpected: {more[:3]}\nmissing: {less[:3]}"
