"""A document in, what openapi-spec-validator has to say about it into the report."""

from __future__ import annotations

from itertools import islice

from bothends.diagnostics.model import Diagnostic, Location, Report, Severity
from bothends.loading import pointer
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_mapping
from bothends.loading.findings import findings
from bothends.loading.metaschemas import validator, version_of

# A document that breaks the rules in more places than this is of another kind altogether.
_MOST = 1_000


def validate_document(root: Cursor, report: Report) -> None:
    """Report, as warnings, where a document breaks the rules of its version.

    Most published documents do somewhere, and harmlessly; what cannot be repaired is an error of the readers,
    who look at the same places. A document of no known version is left to them altogether.
    """
    data = root.value
    version = version_of(data) if is_mapping(data) else None
    if version is None:
        return
    uses_dialect = "jsonSchemaDialect" not in data
    errors = validator(version, dialect=uses_dialect).iter_errors(data)
    for finding in findings(islice(errors, _MOST), data):
        location = Location(root.document.uri, pointer.join("", *finding.path))
        report.add(Diagnostic("invalid-document", Severity.WARNING, finding.message, location))
