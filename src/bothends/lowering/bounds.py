"""A document and its model in, errors out where a package for them would have too many files."""

from __future__ import annotations

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.ir.api import Api
from bothends.spec.objects import Document

#: How many files a group of operations has: its own, its errors, its part of the client, of the server.
_FILES_OF_GROUP = 4


def check_components(document: Document, limits: Limits) -> None:
    """Raise :class:`DocumentError` if the component schemas alone make too many files."""
    if len(document.component_schemas) > limits.files:
        raise DocumentError(_too_many_files(limits, document.location))


def check_bounds(api: Api, limits: Limits, location: Location, report: Report) -> None:
    """Report a model with too many files, or too many security requirements."""
    modules = {declaration.id.anchor for declaration in api.declarations}
    if len(modules) + _FILES_OF_GROUP * len(api.groups) > limits.files:
        report.add(_too_many_files(limits, location))
    if sum(len(operation.security) for operation in (*api.operations, *api.webhooks)) > limits.requirements:
        message = f"the operations have more than {limits.requirements:,} security requirements together"
        report.error("too-many-requirements", message, location)


def _too_many_files(limits: Limits, location: Location) -> Diagnostic:
    message = f"the package would have more than {limits.files:,} files: one for each schema, four for each tag"
    return Diagnostic("too-many-files", Severity.ERROR, message, location)
