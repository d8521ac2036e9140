"""The bounds within which documents are read. Exceeding one is an error with its own code, never a slow run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read; defaults allow for twenty megabytes and 600,000 values of one document.

    Each can be set in the table ``limits`` of the configuration.

    ========================  ======================================================  ========================
    field                     bounds                                                  code when exceeded
    ========================  ======================================================  ========================
    ``document_bytes``        the size of one file                                    ``too-large``
    ``total_bytes``           the size of all files together                          ``too-large-together``
    ``documents``             the number of files                                     ``too-many-documents``
    ``depth``                 how deep mappings and lists nest, aliases expanded      ``too-deep``
    ``nodes``                 values in one file, aliases counted once                ``too-many-values``
    ``alias_nodes``           values that the YAML aliases of one file add            ``too-many-aliases``
    ``digits``                digits of one number                                    ``too-many-digits``
    ``reference_chain``       references followed to reach one value                  ``too-many-references``
    ``fetch_seconds``         the time that fetching one document takes               ``too-slow``
    ``enum_values``           values of one ``enum``                                  ``too-many-enum-values``
    ``parts``                 schemas in one ``allOf``, ``anyOf`` or ``oneOf``        ``too-many-parts``
    ``properties``            properties and enum values of all types together        ``too-many-properties``
    ``files``                 files of one package                                    ``too-many-files``
    ``requirements``          security requirements of all operations together        ``too-many-requirements``
    ``comparisons``           steps taken to tell how schemas relate to each other    ``too-complex``
    ``problems``              messages about one document, long ones several times    ``too-many-problems``
    ========================  ======================================================  ========================
    """

    document_bytes: int = 20 * 1024 * 1024
    total_bytes: int = 64 * 1024 * 1024
    documents: int = 20_000
    depth: int = 200
    nodes: int = 600_000
    alias_nodes: int = 200_000
    digits: int = 1_000
    reference_chain: int = 100
    fetch_seconds: int = 30
    enum_values: int = 10_000
    parts: int = 1_000
    properties: int = 60_000
    files: int = 6_000
    requirements: int = 20_000
    comparisons: int = 200_000
    problems: int = 5_000
