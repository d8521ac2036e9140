"""Overlays that nobody means well with."""

from __future__ import annotations

import json
from typing import Any

from security.hostile.case import SHAPE, Cases, Hostile, document, get, nested

_PATHS = (
    *("$", "$.*", "$..*", "$..['a']", "$.paths.*.*", "$[", "", "x", "$.paths[?(@.x)]", "$..[?@.a==1]"),
    *("$.a" * 5_000, "$" + "..*" * 8),
    *("$" + "[?@" * 3_000, "$[?" + "(" * 3_000, "$['" + "a" * 100_000 + "']", "$[?match(@, '(a+)+$')]"),
    "$[?search(@.x, '((a*)*)*b')]",
    *("$[0:999999999999]", "$[-99999999999999999999]", "$.\0", "$['\ud800']", "$.components.schemas.Nothing"),
    *("$.info.title", "$.openapi"),
)  # fmt: skip


def overlays() -> Cases:
    for number, target in enumerate(_PATHS):
        for what, change in (("update", {"update": {"x-a": 1}}), ("remove", {"remove": True})):
            yield "", _overlaid(f"overlay-{what}-{number}", _overlay([{"target": target, **change}]))
    for number, whole in enumerate(({}, [], None, "text", {"overlay": "9.9.9"}, {"overlay": "1.0.0", "actions": "x"})):
        yield "", _overlaid(f"overlay-whole-{number}", whole)
    wrong: tuple[Any, ...] = (
        None,
        1,
        [],
        {},
        {"target": 1},
        {"target": "$"},
        {"target": "$", "update": None},
        {"remove": True},
    )
    for number, action in enumerate(wrong):
        yield "", _overlaid(f"overlay-action-{number}", _overlay([action]))
    for number, value in enumerate(
        (None, 1, "x", [], {"openapi": 1}, {"paths": None}, {"components": []}, {"$ref": "#"})
    ):
        yield "", _overlaid(f"overlay-value-{number}", _overlay([{"target": "$", "update": value}]))
    deep = nested(150, lambda inner: {"a": inner}, 1)
    yield "", _overlaid("overlay-deep", _overlay([{"target": "$.info", "update": deep}]))
    grows = [
        {"target": "$.x-a", "update": nested(60, lambda inner: {"x-a": inner}, {})},
        {"target": "$..x-a", "update": {"b": deep}},
    ]
    yield "", _overlaid("overlay-deeper-and-deeper", _overlay([{"target": "$", "update": {"x-a": {}}}, *grows * 4]))
    doubling = [{"target": "$..*", "update": {"x-b": {}}} for _ in range(40)]
    yield "", _overlaid("overlay-doubling", _overlay(doubling))
    copies = [{"target": "$", "copy": "$"} for _ in range(20)]
    yield "", _overlaid("overlay-copies", {**_overlay(copies), "overlay": "1.1.0"})
    many = [{"target": "$.info", "update": {"x-a": n}} for n in range(20_000)]
    yield "", _overlaid("overlay-20000-actions", _overlay(many))
    wide = [{"target": "$..*", "update": {"x-c": "c" * 1_000}} for _ in range(3)]
    yield "", _overlaid("overlay-everywhere", _overlay(wide), document({f"A{n}": SHAPE for n in range(3_000)}))
    away = {**_overlay([]), "extends": "file:///etc/passwd"}
    yield "", _overlaid("overlay-extends", away)
    for number, name in enumerate(
        ("http://127.0.0.1:9/x", "file:///etc/passwd", "missing", "/dev/zero", ".", "", "openapi.json", "a\nb")
    ):
        yield "", Hostile(f"overlay-named-{number}", _text(document()), arguments=("--overlay", name))


def _overlay(actions: list[Any]) -> Any:
    return {"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "actions": actions}


def _overlaid(name: str, overlay: Any, root: Any = None) -> Hostile:
    files = _text(root or get({"A": SHAPE}, summary="x"))
    return Hostile(
        name, files | {"overlay.json": json.dumps(overlay).encode()}, arguments=("--overlay", "overlay.json")
    )


def _text(root: Any) -> dict[str, bytes]:
    return {"openapi.json": json.dumps(root).encode()}
