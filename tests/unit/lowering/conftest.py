from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import Report
from bothends.ir.api import Api
from bothends.ir.declarations import Alias, Declaration
from bothends.ir.invariants import check_invariants
from bothends.ir.types import Named, Type, TypeId
from bothends.loading.resolve import FetchPolicy, Resolver
from bothends.lowering.lower import LoweringOptions, lower
from bothends.spec.read_document import read_document


class Lowered:
    """A lowered document with what was reported about it."""

    def __init__(self, document: Mapping[str, Any], **options: bool) -> None:
        self.report = Report()
        resolver = Resolver(FetchPolicy(), Limits(), self.report)
        root = resolver.open_text(json.dumps(document), "openapi.json")
        self.api: Api = lower(read_document(root, resolver, self.report), self.report, LoweringOptions(**options))
        self.declarations: dict[TypeId, Declaration] = {found.id: found for found in self.api.declarations}
        check_invariants(self.api)

    def component(self, name: str, *steps: str) -> Declaration:
        return self.declarations[component(name, *steps)]

    def type(self, name: str = "It") -> Type:
        """The type of a component: what its alias stands for, or a reference to its class."""
        found = self.component(name)
        return found.type if isinstance(found, Alias) else Named(found.id)

    @property
    def codes(self) -> list[str]:
        return [found.code for found in self.report]


def component(name: str, *steps: str) -> TypeId:
    return TypeId(f"#/components/schemas/{name}", steps)


@pytest.fixture
def lowered() -> Callable[..., Lowered]:
    """Lower component schemas, or a whole document without its head."""

    def run(
        schemas: Mapping[str, Any] | None = None, *, version: str = "3.1.0", paths: Any = None, **rest: Any
    ) -> Lowered:
        options = {name: rest.pop(name) for name in ("assume_types", "assert_formats") if name in rest}
        components = {"schemas": dict(schemas or {}), **rest.pop("components", {})}
        document = {"openapi": version, "info": {"title": "T", "version": "1"}, "paths": paths or {}}
        return Lowered({**document, "components": components, **rest}, **options)

    return run
