"""The closed list of diagnostic codes, one line of meaning each. Documented in ``docs/diagnostics.md``."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    # loading
    "file-not-found": "the document, or a file that it refers to, does not exist or cannot be read",
    "empty-document": "the document holds nothing",
    "not-text": "the document is not text in a Unicode encoding",
    "invalid-yaml": "the text is not YAML",
    "invalid-json": "the text is not JSON",
    "duplicate-key": "a mapping has the same key twice",
    "too-large": "a file is larger than the limit",
    "too-large-together": "the files of one document are together larger than the limit",
    "too-deep": "mappings and lists nest deeper than the limit",
    "too-many-values": "the document holds more values than the limit",
    "too-many-aliases": "aliases repeat more values than the limit",
    "too-many-documents": "the document refers to more files than the limit",
    "too-many-digits": "a number has more digits than the limit",
    "too-many-references": "more references than the limit lead from one place to its value",
    "too-many-problems": "there is more to say about the document than the limit",
    "too-slow": "fetching a document takes longer than the limit",
    "invalid-number": "a number is not finite",
    "unresolved-reference": "a reference leads nowhere",
    "wrong-reference": "a reference leads to a thing of another kind than its place demands",
    "reference-not-allowed": "a reference leads out of the document's folder or to a host that is not allowed",
    "fetch-failed": "a document could not be fetched from a host that is allowed",
    "changed-document": "a fetched document is not the one that the lock file names",
    "unpinned-document": "a fetched document is not in the lock file",
    "invalid-overlay": "an overlay is not one, or an action of it cannot be applied",
    "unused-overlay-action": "an action of an overlay matches nothing",
    "reference-loop": "references lead back to where they began without reaching a value",
    # reading
    "not-openapi": "the document is not an OpenAPI description",
    "unsupported-version": "the document's version of OpenAPI is not one that bothends reads",
    "wrong-type": "a value has another JSON type than its place demands",
    "missing-field": "a field that the specification requires is absent",
    "invalid-value": "a value is not one of those that its place allows",
    "invalid-document": "the document breaks a rule of its version of the specification",
    "undeclared-path-parameter": "a path template names a parameter that nobody declared",
    "unused-path-parameter": "a path parameter is declared that the path template does not name",
    "duplicate-parameter": "an operation declares the same parameter twice",
    "duplicate-operation-id": "two operations have the same operationId",
    "ignored-keyword": "a keyword has no meaning in its place and was ignored",
    "duplicate-path": "two paths are the same but for the names of their parameters",
    "too-many-enum-values": "an enum lists more values than the limit",
    "too-many-parts": "an allOf, anyOf or oneOf has more parts than the limit",
    # lowering
    "too-many-properties": "the types of a document have more properties and enum values together than the limit",
    "too-many-files": "the package would have more files than the limit",
    "too-many-requirements": "the operations have more security requirements together than the limit",
    "too-complex": "comparing schemas takes more steps than the limit; types become looser",
    "unsupported-construct": "something was read but can be generated in a looser form only",
    "dropped-operation": "an operation was left out because it cannot be generated",
    "conflicting-all-of": "the parts of an allOf contradict each other",
    "indistinct-one-of": "nothing tells members of a oneOf apart, so that it refuses what suits either",
    "impossible-schema": "no value can satisfy the schema",
    "invalid-pattern": "a pattern is not a regular expression of ECMA-262",
    "invalid-default": "a default does not satisfy its own schema",
    "inferred-pagination": "the shapes of an operation tell how its pages follow each other",
    # naming
    "name-collision": "two things would get the same Python name",
    "invalid-name-lock": "the names that the manifest records cannot be used",
    # configuration and calls
    "invalid-configuration": "the configuration has a wrong key or value",
    "invalid-template": "a template of the project cannot stand in for one of bothends",
    "invalid-call": "the command was called with wrong arguments",
    # output
    "edited-file": "a generated file was edited by hand",
    "reformatted-file": "another formatter went over generated files",
    "foreign-file": "a file that bothends did not write is in the way",
    "unwritable-output": "the output folder cannot be written",
    # extraction
    "no-document-found": "a documentation page holds no OpenAPI document",
    "several-documents": "a documentation page has several documents, and one of them was taken",
    "slices-disagree": "two slices of one document say different things about the same place",
}
