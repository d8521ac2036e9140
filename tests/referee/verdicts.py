"""Our verdict beside the referee's, and which differences are meant to be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pydantic import ValidationError

from bothends.config.limits import Limits
from bothends.diagnostics.model import Report
from bothends.loading.bundle import bundle
from bothends.loading.resolve import FetchPolicy, Resolver
from referee.instances import Maker
from referee.json_schema import components, validator


@dataclass(frozen=True)
class Difference:
    """An instance that we and the referee judge differently."""

    schema: str
    instance: Any
    ours: bool
    reason: str

    def __str__(self) -> str:
        verdict = "we accept" if self.ours else "we refuse"
        return f"{self.schema}: {verdict} {json.dumps(self.instance)[:300]} ({self.reason[:300]})"


def bundled(path: Path) -> dict[str, Any]:
    """Return a document with everything that it refers to."""
    resolver = Resolver(FetchPolicy(), Limits(), Report())
    found: dict[str, Any] = bundle(resolver.open(str(path)), resolver)
    return found


def differences(
    document: dict[str, Any], decoder: Callable[[str], Callable[[str], Any] | None], rounds: int, seed: int = 0
) -> Iterator[Difference | None]:
    """Judge ``rounds`` made values of each component, and as many changed ones; yield None where both agree.

    ``decoder`` returns what reads JSON text as a component, None where the component has no type.
    """
    schemas = components(document)
    for name in schemas:
        decode = decoder(name)
        if decode is None:
            continue
        referee = validator(schemas, name)
        maker = Maker(schemas, Random(f"{seed}/{name}"))
        value: Any = None
        for number in range(2 * rounds):
            value = maker.changed(value) if number % 2 else maker.value({"$ref": f"#/components/schemas/{name}"})
            if value is not None:  # the class of a component is never null, it is nullable where it is used
                yield judged(name, value, decode, referee.is_valid)


def judged(name: str, value: Any, decode: Callable[[str], Any], is_valid: Callable[[Any], bool]) -> Difference | None:
    """Return the difference, if there is one."""
    reason = "the referee refuses"
    try:
        decode(json.dumps(value))
        ours = True
    except ValidationError as error:
        ours, reason = False, str(error.errors(include_url=False, include_input=False))
    return None if ours == is_valid(value) else Difference(name, value, ours, reason)
