"""What validating with generated models costs, beside models written by hand: ``python benchmarks/validation.py``.

Three shapes: a small flat object, a list of objects, a union by discriminator. Twins written by hand come in two
kinds: ``exact`` accept what the document accepts and nothing else, ``usual`` are written as most people write them.
Every figure is a ratio of CPU time within one run, the median of several rounds in which all models take turns.
Needs what a checkout's environment has, and no network.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import handwritten_exact
import handwritten_usual

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shapes", "version": "1"},
    "paths": {},
    "components": {
        "schemas": {
            "Account": {
                "type": "object",
                "required": ["id", "name", "email", "active"],
                "properties": {
                    "id": {"type": "integer", "minimum": 1},
                    "name": {"type": "string", "minLength": 1, "maxLength": 80},
                    "email": {"type": "string"},
                    "active": {"type": "boolean"},
                    "createdAt": {"type": "string", "format": "date-time"},
                    "balance": {"type": "number"},
                    "nickname": {"type": "string"},
                    "note": {"type": ["string", "null"]},
                },
            },
            "Customer": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {
                    "id": {"type": "integer"},
                    "name": {"type": "string"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
            "Line": {
                "type": "object",
                "required": ["sku", "quantity", "unitPrice"],
                "properties": {
                    "sku": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]+$"},
                    "quantity": {"type": "integer", "minimum": 1},
                    "unitPrice": {"type": "number", "minimum": 0},
                    "discount": {"type": "number"},
                    "comment": {"type": "string"},
                },
            },
            "Status": {"type": "string", "enum": ["open", "paid", "shipped"]},
            "Order": {
                "type": "object",
                "required": ["id", "customer", "lines"],
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "customer": {"$ref": "#/components/schemas/Customer"},
                    "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Line"}},
                    "status": {"$ref": "#/components/schemas/Status"},
                    "placedOn": {"type": "string", "format": "date"},
                },
            },
            "Created": {
                "type": "object",
                "required": ["kind", "id", "by"],
                "properties": {
                    "kind": {"const": "Created"},
                    "id": {"type": "integer"},
                    "by": {"type": "string"},
                    "value": {"oneOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]},
                },
            },
            "Moved": {
                "type": "object",
                "required": ["kind", "id", "from", "to"],
                "properties": {
                    "kind": {"const": "Moved"},
                    "id": {"type": "integer"},
                    "from": {"type": "string"},
                    "to": {"type": "string"},
                },
            },
            "Deleted": {
                "type": "object",
                "required": ["kind", "id"],
                "properties": {
                    "kind": {"const": "Deleted"},
                    "id": {"type": "integer"},
                    "reason": {"type": ["string", "null"]},
                },
            },
            "Event": {
                "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Created", "Moved", "Deleted")],
                "discriminator": {"propertyName": "kind"},
            },
            "Feed": {
                "type": "object",
                "required": ["events"],
                "properties": {
                    "events": {"type": "array", "items": {"$ref": "#/components/schemas/Event"}},
                    "next": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
                },
            },
        }
    },
}

ACCOUNT = {
    "id": 7,
    "name": "Ada",
    "email": "ada@example.com",
    "active": True,
    "createdAt": "2024-05-01T12:30:00Z",
    "balance": 12.5,
    "nickname": "countess",
    "note": None,
}
ORDER = {
    "id": "00000000-0000-4000-8000-000000000000",
    "customer": {"id": 1, "name": "Bob", "tags": ["new", "wholesale"]},
    "status": "paid",
    "placedOn": "2024-05-01",
    "lines": [
        {
            "sku": f"ABC-{number}",
            "quantity": number + 1,
            "unitPrice": 1.5 * number + 0.25,
            "discount": 0.5,
            "comment": "gift",
        }
        for number in range(20)
    ],
}
EVENTS: list[dict[str, Any]] = [
    {"kind": "Created", "id": 1, "by": "ada", "value": "text"},
    {"kind": "Moved", "id": 2, "from": "here", "to": "there"},
    {"kind": "Deleted", "id": 3, "reason": None},
    {"kind": "Created", "id": 4, "by": "bob", "value": 1.5},
    {"kind": "Created", "id": 5, "by": "eve", "value": True},
]
SHAPES: dict[str, Any] = {"Account": ACCOUNT, "Order": ORDER, "Feed": {"events": EVENTS * 4, "next": "page-2"}}


def main() -> None:
    """Measure, and print one line for each shape."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--seconds", type=float, default=0.03, help="CPU time of one model in one round")
    options.add_argument("--json", action="store_true", help="print the figures as JSON")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        generated = _generate(Path(folder))
        figures = {
            shape: _measure(generated, shape, json.dumps(value).encode(), chosen.rounds, chosen.seconds)
            for shape, value in SHAPES.items()
        }
    if chosen.json:
        print(json.dumps(figures, indent=1))
        return
    print(f"{'shape':10}{'generated, µs':>15}{'to exact twin':>16}{'to usual twin':>16}")
    for shape, figure in figures.items():
        print(f"{shape:10}{figure['generated_us']:15.2f}{figure['to_exact']:16.3f}{figure['to_usual']:16.3f}")


def _generate(folder: Path) -> Any:
    (folder / "openapi.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    command = [sys.executable, "-m", "bothends", "generate", "openapi.json", "-o", "shapes", "--parts", "schemas", "-q"]
    subprocess.run(command, cwd=folder, check=True)
    sys.path.insert(0, str(folder))
    return importlib.import_module("shapes").schemas


def _measure(generated: Any, shape: str, text: bytes, rounds: int, seconds: float) -> dict[str, float]:
    readers = {
        "generated": getattr(generated, shape).model_validate_json,
        "exact": getattr(handwritten_exact, shape).model_validate_json,
        "usual": getattr(handwritten_usual, shape).model_validate_json,
    }
    for read in readers.values():
        read(text)
    count = max(1, int(seconds / _time(readers["usual"], text, 200) * 200))
    times: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, read in readers.items():
            times[name].append(_time(read, text, count) / count)
    ratios = {
        other: statistics.median(mine / theirs for mine, theirs in zip(times["generated"], times[other], strict=True))
        for other in ("exact", "usual")
    }
    generated_us = statistics.median(times["generated"]) * 1e6
    return {"generated_us": generated_us, "to_exact": ratios["exact"], "to_usual": ratios["usual"]}


def _time(read: Any, text: bytes, count: int) -> float:
    start = time.process_time()
    for _ in range(count):
        read(text)
    return time.process_time() - start


if __name__ == "__main__":
    main()
