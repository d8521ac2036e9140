"""A document in, what openapi-spec-validator has to say about it into the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bothends.diagnostics.model import Diagnostic, Location, Report, Severity
from bothends.loading import pointer
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_list, is_mapping, reference
from bothends.loading.findings import Finding, findings
from bothends.loading.grammar import kind_at
from bothends.loading.metaschemas import field_names, validator, version_of
from bothends.loading.parts import errors
from bothends.loading.places import shorten
from bothends.loading.resolve import Resolver

# A document that breaks the rules in more places than this is of another kind altogether.
_MOST = 1_000
# What the schemas of the validator describe; other dialects have keywords of other shapes.
_OWN_DIALECTS = re.compile(
    r"https?://json-schema\.org/draft/2020-12/schema#?|https?://spec\.openapis\.org/oas/3\.\d+/dialect/.*"
)


def validate_document(root: Cursor, report: Report, *, thorough: Resolver | None = None) -> None:
    """Report, as warnings, where a document breaks the rules of its version.

    Most published documents do somewhere, and harmlessly; what cannot be repaired is an error of the readers,
    who look at the same places. A document of no known version is left to them altogether.
    With a resolver for ``thorough`` the rules that no schema can say are checked as well, which takes longer.
    """
    data = root.value
    version = version_of(data) if is_mapping(data) else None
    if version is None:
        return
    broken = errors(validator(version, dialect=_is_own(data.get("jsonSchemaDialect"))), data)
    found = list(findings(islice(broken, _MOST), data, field_names(version)))
    if thorough is not None:
        found += _broken_rules(root, report, thorough)
    for finding in found:
        if _is_reference(data, finding.path) or _is_of_another_dialect(data, finding.path):
            continue
        location = Location(root.document.uri, pointer.join("", *finding.path))
        report.add(Diagnostic("invalid-document", Severity.WARNING, finding.message, location, is_general=True))


def _is_reference(data: object, path: tuple[str, ...]) -> bool:
    """Whether a reference stands at a place, or around it, that is no schema: readers follow it, and say so."""
    value, around = data, data
    for token in path:
        around = value
        value = _member(value, token)
    if reference(value) is None and (reference(around) is None or path[-1:] != ("$ref",)):
        return False
    return kind_at(data, pointer.join("", *path)) != "schema" and "schema" not in path[-2:]


def _is_of_another_dialect(data: object, path: tuple[str, ...]) -> bool:
    """Whether a schema around a place names a dialect of its own, which only the readers know."""
    value, found = data, None
    for token in path:
        value = _member(value, token)
        named = value.get("$schema") if is_mapping(value) else None
        found = named if isinstance(named, str) else found
    return not _is_own(found)


def _is_own(dialect: object) -> bool:
    return not isinstance(dialect, str) or _OWN_DIALECTS.fullmatch(dialect) is not None


def _member(value: object, token: str) -> object:
    if is_list(value):
        return value[int(token)] if token.isdecimal() and int(token) < len(value) else None
    return value.get(token) if is_mapping(value) else None


def _broken_rules(root: Cursor, report: Report, resolver: Resolver) -> Iterator[Finding]:
    from bothends.loading.rules import BrokenReference, rule_findings

    try:
        yield from islice(rule_findings(root, resolver), _MOST)
    except (BrokenReference, RecursionError):
        # It ends at the first reference that leads nowhere or in a circle. Readers report all of them.
        return
    except Exception as error:
        message = f"openapi-spec-validator could not check every rule: {shorten(str(error) or type(error).__name__)}"
        report.note("invalid-document", message, root.location)
