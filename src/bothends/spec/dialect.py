"""In comes the root of a document, out goes its dialect: one small table for each version of OpenAPI.

The tables hold how versions differ in keywords and in the names of fields. Differences of shape exist in 2.0 only
and lie in :mod:`bothends.spec.swagger2`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bothends.diagnostics.model import Diagnostic, DocumentError, Report, Severity
from bothends.loading import fix as fixes
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_mapping
from bothends.loading.page_hint import page_hint

_EVERYWHERE: Final = frozenset(
    {"$ref", "additionalProperties", "allOf", "default", "description", "discriminator", "enum", "example"}
    | {"exclusiveMaximum", "exclusiveMinimum", "externalDocs", "format", "items", "maximum", "maxItems", "maxLength"}
    | {"maxProperties", "minimum", "minItems", "minLength", "minProperties", "multipleOf", "pattern", "properties"}
    | {"readOnly", "required", "title", "type", "uniqueItems", "xml"}
)
_SINCE_3_0: Final = frozenset({"anyOf", "deprecated", "not", "oneOf", "writeOnly"})
_SINCE_3_1: Final = frozenset(
    {"$anchor", "$comment", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "$schema", "$vocabulary", "const"}
    | {"contains", "contentEncoding", "contentMediaType", "contentSchema", "definitions", "dependentRequired"}
    | {"dependentSchemas", "else", "examples", "if", "maxContains", "minContains", "patternProperties", "prefixItems"}
    | {"propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"}
)
_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a version differs from the newest one.

    ``keywords`` are those of its schema object; others that bothends knows are read all the same, with a warning.
    ``null_keyword`` is what makes null a value beside ``type``. ``ref_siblings``: keywords beside ``$ref`` count.
    ``has_content``: bodies are described for each media type. ``styled_parts``: those of multipart bodies may have a
    style, as the fields of forms have in every version. ``moved`` holds how canonical keys begin in this
    version, and in the newest one.
    """

    name: str
    keywords: frozenset[str]
    null_keyword: str = ""
    ref_siblings: bool = True
    type_lists: bool = True
    boolean_bounds: bool = False
    item_lists: bool = False
    file_type: bool = False
    has_content: bool = True
    styled_parts: bool = True
    required_fields: tuple[str, ...] = ("info",)
    required_responses: bool = False
    string_parameter: Mapping[str, Any] = field(default_factory=lambda: {"schema": {"type": "string"}})
    methods: tuple[str, ...] = (*_METHODS, "trace")
    places: tuple[str, ...] = ("path", "query", "header", "cookie")
    schemas: tuple[str, ...] = ("components", "schemas")
    security_schemes: tuple[str, ...] = ("components", "securitySchemes")
    moved: tuple[tuple[str, str], ...] = ()

    def public_key(self, key: str) -> str:
        """Return the key that a place of the root document has in the newest version."""
        for here, there in self.moved:
            if key.startswith(here):
                return there + key[len(here) :]
        return key

    def own_key(self, key: str) -> str:
        """Return the key that a place has in this version: the reverse of :meth:`public_key`."""
        for here, there in self.moved:
            if key.startswith(there):
                return here + key[len(there) :]
        return key


_OPENAPI_3_1: Final = Dialect(name="OpenAPI 3.1", keywords=_EVERYWHERE | _SINCE_3_0 | _SINCE_3_1)
_OPENAPI_3_2: Final = replace(
    _OPENAPI_3_1,
    name="OpenAPI 3.2",
    methods=(*_OPENAPI_3_1.methods, "query"),
    places=(*_OPENAPI_3_1.places, "querystring"),
)
_OPENAPI_3_0: Final = Dialect(
    name="OpenAPI 3.0",
    keywords=_EVERYWHERE | _SINCE_3_0 | {"nullable"},
    null_keyword="nullable",
    ref_siblings=False,
    type_lists=False,
    boolean_bounds=True,
    styled_parts=False,
    required_fields=("info", "paths"),
    required_responses=True,
)
_OPENAPI_2_0: Final = replace(
    _OPENAPI_3_0,
    name="OpenAPI 2.0",
    keywords=_EVERYWHERE | {"x-nullable"},
    null_keyword="x-nullable",
    file_type=True,
    has_content=False,
    string_parameter={"type": "string"},
    methods=_METHODS,
    places=("path", "query", "header", "formData", "body"),
    schemas=("definitions",),
    security_schemes=("securityDefinitions",),
    moved=(
        ("#/definitions/", "#/components/schemas/"),
        ("#/parameters/", "#/components/parameters/"),
        ("#/responses/", "#/components/responses/"),
    ),
)
_VERSIONS: Final = {"3.0": _OPENAPI_3_0, "3.1": _OPENAPI_3_1, "3.2": _OPENAPI_3_2}

_DRAFT_2019: Final = replace(
    _OPENAPI_3_1,
    name="JSON Schema 2019-09",
    keywords=_OPENAPI_3_1.keywords | {"$recursiveAnchor", "$recursiveRef", "dependencies"},
    item_lists=True,
)
_DRAFT_7: Final = replace(_DRAFT_2019, name="JSON Schema draft 7", ref_siblings=False)
_DRAFT_4: Final = replace(_DRAFT_7, name="JSON Schema draft 4", boolean_bounds=True)
_SCHEMA_DIALECTS: Final = {
    "json-schema.org/draft/2020-12/schema": _OPENAPI_3_1,
    "json-schema.org/draft/2019-09/schema": _DRAFT_2019,
    "json-schema.org/draft-07/schema": _DRAFT_7,
    "json-schema.org/draft-06/schema": _DRAFT_7,
    "json-schema.org/draft-04/schema": _DRAFT_4,
}
_BASE_DIALECT: Final = re.compile(r"https://spec\.openapis\.org/oas/3\.\d+/dialect/.*")


def detect(root: Cursor, report: Report) -> tuple[str, Dialect]:
    """Return the version of a document as it is written, and its dialect."""
    if not is_mapping(root.value):
        raise _refusal("not-openapi", "the document is not a mapping", root, page_hint(root.document.uri, ""))
    field = next((name for name in ("openapi", "swagger") if name in root.value), None)
    if field is None:
        hint = page_hint(root.document.uri, "") or "an OpenAPI document says 'openapi: 3.1.0' or the like at its top"
        raise _refusal("not-openapi", "the document has neither 'openapi' nor 'swagger'", root, hint)
    place = root.child(field)
    raw: Any = place.value
    if isinstance(raw, float | int) and not isinstance(raw, bool) and 0 < raw < 10:
        whole = f"{raw}.0" if field == "openapi" else f"{raw:.1f}"
        fix = fixes.updated(root.document, "", {field: whole})
        report.warning("wrong-type", f"{field!r} must be a string", place.location, f'write {field}: "{whole}"', fix)
        raw = str(raw)
    if not isinstance(raw, str):
        raise _refusal("unsupported-version", f"{field!r} must be a string such as '3.1.0'", place)
    return raw, _named(field, raw.strip(), place)


def schema_dialect(uri: str) -> Dialect | None:
    """Return the dialect that ``$schema`` or ``jsonSchemaDialect`` names, or ``None`` for one that nobody knows."""
    if _BASE_DIALECT.fullmatch(uri):
        return _OPENAPI_3_1
    # Either scheme is written for every draft.
    name = uri.removesuffix("#").removeprefix("https://").removeprefix("http://")
    return _SCHEMA_DIALECTS.get(name)


def _named(field: str, version: str, place: Cursor) -> Dialect:
    if field == "swagger" and re.fullmatch(r"2(\.0)*", version):
        return _OPENAPI_2_0
    match = re.match(r"(3\.\d+)(\.|-|$)", version)
    if field == "openapi" and match and match[1] in _VERSIONS:
        return _VERSIONS[match[1]]
    message = f"version {version!r} of OpenAPI is not supported"
    raise _refusal("unsupported-version", message, place, "bothends reads 2.0, 3.0, 3.1 and 3.2")


def _refusal(code: str, message: str, place: Cursor, hint: str | None = None) -> DocumentError:
    return DocumentError(Diagnostic(code, Severity.ERROR, message, place.location, hint))
