"""The public suites of OpenAPI documents: where each comes from, and what it says of its documents.

A document that a suite calls valid has to be read; one that it calls invalid has to be refused with ``--strict``
(without it, bothends repairs what it can). ``explained`` lists, by the end of the path, the documents for which that
is not so, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bothends.config.limits import Limits
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError, Report, Severity
from bothends.loading.fetch import FetchPolicy
from bothends.loading.resolve import Resolver
from bothends.pipeline import Session

_REMOTE = "refers to example.com, which is not allowed: that is refused before anything is fetched"
_UNUSED = "the fault is in a component that nothing refers to, and the validator's schema does not know it"
_PROGRAM = "refers to names under which a program of the suite hands over the other documents"
_OUTSIDE = "refers to a folder beside its own: accepted with --allow-folder"


@dataclass(frozen=True)
class Suite:
    """Documents of one source below a folder; ``valid`` and ``invalid`` are patterns of paths in it."""

    name: str
    source: str
    folder: str
    valid: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()
    explained: Mapping[str, str] = field(default_factory=dict[str, str])
    folders: bool = False


@dataclass(frozen=True)
class Verdict:
    """What bothends says of one document."""

    path: Path
    is_valid: bool
    accepted: bool
    strictly: bool
    message: str

    @property
    def agrees(self) -> bool:
        """Whether it is what the suite says."""
        return self.accepted if self.is_valid else not self.strictly


#: Overlays have a suite too: ``tests`` of their form, and documents with what overlays make of them.
OVERLAYS = "oai-overlay"

SUITES = (
    Suite(
        "OpenAPI 3.1: tests of its schema",
        "github.com/OAI/OpenAPI-Specification, v3.1-dev, tests/schema",
        "oai-3.1/tests/schema",
        ("pass/*.yaml",),
        ("fail/*.yaml",),
        {
            "pass/security-scheme-object-examples.yaml": _REMOTE,
            "fail/example-examples.yaml": _UNUSED,
            "fail/link-object-no-body.yaml": _UNUSED,
        },
    ),
    Suite(
        "OpenAPI 3.2: tests of its schema",
        "github.com/OAI/OpenAPI-Specification, v3.2-dev, tests/schema",
        "oai-3.2/tests/schema",
        ("pass/*.yaml",),
        ("fail/*.yaml",),
        {"pass/security-scheme-object-examples.yaml": _REMOTE, "fail/parameter-object-header-name.yaml": _UNUSED},
    ),
    Suite(
        "OpenAPI 3.0: tests of its schema",
        "github.com/OAI/OpenAPI-Specification, _archive_/schemas/v3.0",
        "oai-3.1/_archive_/schemas/v3.0",
        ("pass/*.yaml",),
    ),
    Suite(
        "The OpenAPI Initiative's examples",
        "github.com/OAI/learn.openapis.org, examples",
        "oai-learn/examples",
        ("v3.*/*.yaml", "v3.*/*.json", "v2.0/*/*.yaml", "v2.0/*/*.json", "v2.0/*/petstore-separate/spec/swagger.*"),
        explained={"spec/swagger.json": _OUTSIDE, "spec/swagger.yaml": _OUTSIDE},
    ),
    Suite("ReadMe's examples", "npm @readme/oas-examples 8.2.2", "oas-examples/package", ("3.*/json/**/*.json",)),
    Suite(
        "Swagger Parser: schema",
        "github.com/APIDevTools/swagger-parser, test/specs/validate-schema",
        "swagger-parser/test/specs/validate-schema",
        ("valid/*.yaml",),
        ("invalid/*.yaml",),
    ),
    Suite(
        "Swagger Parser: rules",
        "github.com/APIDevTools/swagger-parser, test/specs/validate-spec",
        "swagger-parser/test/specs/validate-spec",
        ("valid/*.yaml",),
        ("invalid/*.yaml",),
        {
            "required-property-not-defined-definitions.yaml": "JSON Schema lets 'required' name any property",
            "required-property-not-defined-input.yaml": "JSON Schema lets 'required' name any property",
        },
    ),
    Suite(
        "OpenAPI Schema Validator",
        "github.com/seriousme/openapi-schema-validator, test",
        "seriousme/test",
        ("v[23].*/*.json", "validation/petstore-*", "validation/main-spec.v3.yaml"),
        ("validation/empty.json", "validation/invalid-*", "validation/dummy.json"),
        {"validation/main-spec.v3.yaml": _PROGRAM},
    ),
)


def verdicts(suite: Suite, root: Path) -> Iterator[Verdict]:
    """Return what bothends says of every document of a suite that lies below ``root``."""
    for is_valid, patterns in ((True, suite.valid), (False, suite.invalid)):
        for path in sorted({path for pattern in patterns for path in (root / suite.folder).glob(pattern)}):
            yield _verdict(path, is_valid)


def _verdict(path: Path, is_valid: bool) -> Verdict:
    session = Session(TargetConfig(str(path), Path("unused"), "unused"), Report(), thorough=True)
    message, accepted = "", True
    try:
        session.understand()
    except DocumentError as error:
        accepted, message = False, error.diagnostics[0].message
    worse = [one for one in session.report if one.severity is not Severity.NOTE]
    return Verdict(path, is_valid, accepted, accepted and not worse, message or (worse[0].message if worse else ""))


def overlay_verdicts(root: Path) -> Iterator[Verdict]:
    """Return what bothends says of the overlays below ``root``; those of valid documents are compared with results."""
    document = Path(__file__).with_name("minimal.yaml")
    for version in ("v1.0", "v1.1"):
        for kind in ("pass", "fail"):
            for path in sorted((root / OVERLAYS / "tests" / version / kind).glob("*.yaml")):
                data, said = _applied(document, path)
                yield Verdict(path, kind == "pass", data is not None, not said, said)
    for folder in sorted(path.parent for path in (root / OVERLAYS / "compliant-sets").glob("*/output.yaml")):
        data, said = _applied(folder / "openapi.yaml", folder / "overlay.yaml")
        wanted, _ = _applied(folder / "output.yaml")
        yield Verdict(folder, True, data == wanted, data == wanted, said)


def _applied(document: Path, *overlays: Path) -> tuple[object, str]:
    report = Report()
    resolver = Resolver(FetchPolicy(), Limits(), report)
    try:
        data = resolver.open(document, [str(overlay) for overlay in overlays]).value
    except DocumentError as error:
        return None, error.diagnostics[0].message
    return data, next((one.message for one in report if one.code == "invalid-overlay"), "")
