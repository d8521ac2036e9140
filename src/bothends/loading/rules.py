"""A document in, what the rules of openapi-spec-validator beyond its schemas find out.

Its walk was made for documents that its users wrote themselves: it fetches what references name, its time is
the square of the number of schemas, or exponential, and it evaluates patterns of the document. Here it gets only
what the resolver gives, remembers what it has seen, and leaves schemas and defaults to those who check them
faster. Importing it is slow: it is imported on use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from referencing.exceptions import Unresolvable as BrokenReference

from bothends.loading.cursor import Cursor
from bothends.loading.data import is_list, is_mapping, reference
from bothends.loading.findings import Finding
from bothends.loading.resolve import Resolver

__all__ = ["BrokenReference", "rule_findings"]

# Reported by the readers, with the place and the repair.
_KNOWN = {"DuplicateOperationIDError", "ParameterDuplicateError", "UnresolvableParameterError"}


def rule_findings(root: Cursor, resolver: Resolver) -> Iterator[Finding]:
    """Walk a document. Any exception at all may come out, where a rule cannot cope with the document."""
    from jsonschema_path import SchemaPath
    from openapi_spec_validator.shortcuts import get_validator_cls
    from openapi_spec_validator.validation.registries import KeywordValidatorRegistry

    def read(uri: str) -> Any:
        return resolver.data(uri, root.location)

    kind: Any = get_validator_cls(root.value)
    keywords: dict[str, Any] = dict(kind.keyword_validators)
    keywords["default"] = _Nothing
    keywords["schema"] = _careful(keywords["schema"], root.value)
    for name in ("operation", "parameters", "tags"):
        keywords[name] = _placing(keywords[name])
    handlers: Any = dict.fromkeys(("", "file", "http", "https", "<all_urls>"), read)
    path: Any = SchemaPath.from_dict(root.value, base_uri=resolver.retrieved(root.document), handlers=handlers)
    rules: Any = KeywordValidatorRegistry(keywords)
    for error in rules["__root__"](path):
        if type(error).__name__ not in _KNOWN:
            yield Finding(tuple(str(part) for part in error.absolute_path), _sentence(str(error.message)))


class _Nothing:
    """A rule that finds nothing: whether defaults are valid is found where schemas are lowered."""

    def __init__(self, registry: object) -> None:
        pass

    def __call__(self, *place: object) -> Iterator[Any]:
        return iter(())


class _Seen(set[int]):
    """Stands in for a list that is only appended to and searched."""

    append = set[int].add


def _careful(base: Any, root: Any) -> Any:
    """Return the rule for schemas with a bound on its time, and with the place of what it finds."""

    class Careful(base):  # type: ignore[misc]
        def __init__(self, registry: object) -> None:
            base.__init__(self, registry)
            self.visited_schema_ids = _Seen()
            self.meta_checked_schema_ids = _Seen()
            self._collected: dict[int, set[str]] = {}
            self._worth: dict[int, bool] = {}

        def __call__(self, schema: Any, **options: Any) -> Iterator[Any]:
            # What is left to find depends on an allOf: where there is none, the slow walk is spared.
            if _is_worth_it(_written(schema, root), self._worth):
                yield from base.__call__(self, schema, **options)

        def _validate_schema_meta(self, schema: object, schema_value: object) -> None:
            return None

        def _collect_properties(self, schema: Any) -> set[str]:
            value = schema.read_value()
            known = self._collected.get(id(value))
            if known is None:
                # Empty while it is being collected, which ends cycles.
                self._collected[id(value)] = set()
                known = self._collected[id(value)] = base._collect_properties(self, schema)
            return known

    return _placing(Careful)


def _written(schema: Any, value: Any) -> Any:
    """Return what is written at a place, where no reference has to be followed to get there."""
    for part in schema.parts:
        try:
            value = value[part]
        except (LookupError, TypeError):
            return schema.read_value()
    return value


def _is_worth_it(value: Any, known: dict[int, bool]) -> bool:
    """Whether a schema holds an ``allOf``, or a reference to a place that is not looked at by itself."""
    if is_list(value):
        return any(_is_worth_it(element, known) for element in value)
    if not is_mapping(value):
        return False
    found = known.get(id(value))
    if found is None:
        known[id(value)] = False
        to = reference(value)
        leads_away = to is not None and not to.startswith(("#/components/schemas/", "#/definitions/"))
        found = leads_away or "allOf" in value or any(_is_worth_it(member, known) for member in value.values())
        known[id(value)] = found
    return found


def _placing(base: Any) -> Any:
    """Return a rule whose findings carry the place that it was looking at."""

    class Placing(base):  # type: ignore[misc]
        def __call__(self, *place: Any, **options: Any) -> Iterator[Any]:
            parts = next((one.parts for one in place if hasattr(one, "parts")), ())
            for error in base.__call__(self, *place, **options):
                if not error.path:
                    error.path.extend(parts)
                yield error

    return Placing


def _sentence(message: str) -> str:
    return message[:1].lower() + message[1:]
