"""The whole run, top down: documents in, a plan out. The only module that knows all stages; it writes nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bothends import __version__
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report, Severity
from bothends.ir.api import Api
from bothends.loading.bundle import bundle
from bothends.loading.cursor import Cursor
from bothends.loading.document import Document as SourceDocument
from bothends.loading.pins import Pins
from bothends.loading.resolve import FetchPolicy, Resolver
from bothends.loading.validate import validate_document
from bothends.lowering.lower import LoweringOptions, lower
from bothends.naming.assign import assign
from bothends.naming.names import Names
from bothends.output.digests import digest
from bothends.output.files import OutputFile
from bothends.output.fingerprint import settings
from bothends.output.formatting import format_files
from bothends.output.installed import formatter_version, generator_digest
from bothends.output.manifest import Manifest, Run
from bothends.output.paths import collisions, escapes
from bothends.output.plan import Plan, make_plan
from bothends.output.vendored import vendored_runtime
from bothends.rendering import render
from bothends.spec.objects import Document
from bothends.spec.read_document import read_document
from bothends.targets.registry import chosen
from bothends.targets.target import TargetOptions


class Session:
    """One run over one target.

    It holds what was opened, so that diagnostics can be shown with their lines even when the run ends early.
    ``text`` stands in for the document's file; ``pins`` hold what was fetched before. ``thorough``: the rules that
    no schema can say are checked as well, as they are with a strict report.
    """

    def __init__(
        self,
        target: TargetConfig,
        report: Report,
        *,
        text: bytes | None = None,
        pins: Pins | None = None,
        thorough: bool = False,
    ) -> None:
        reading = target.reading
        policy = FetchPolicy(reading.hosts, reading.folders, reading.headers, reading.offline)
        self.target = target
        self.report = report
        self.resolver = Resolver(policy, reading.limits, report, pins)
        self._text = text
        self._thorough = thorough or report.strict
        self._understood: Understood | None = None

    def understand(self) -> Understood:
        """Read, lower and name the document.

        Raises DocumentError when nothing can be made of it; other problems are in the report.
        """
        if self._understood is None:
            self._understood = _understand(self._open(), self.target, self.resolver, self.report, self._thorough)
        return self._understood

    def read(self) -> Document:
        """Read the document and no more.

        Raises DocumentError when nothing can be made of it, or it has errors.
        """
        document = _read(self._open(), self.resolver, self.report, self._thorough)
        self.report.stop_on_errors()
        return document

    def _open(self) -> Cursor:
        if self._text is None:
            return self.resolver.open(self.target.spec, self.target.overlays)
        return self.resolver.open_text(self._text, self.target.spec, self.target.overlays)

    def plan(self, *, force: bool = False) -> Plan:
        """Return what has to happen to the output folder. Raises DocumentError; writes nothing."""
        understood = self.understand()
        files = generate_files(self.target, understood)
        made_by = self._manifest(files, understood.names)
        plan = make_plan(self.target.output, files, made_by, self.report, force=force)
        self.report.stop_on_errors()
        return plan

    def _manifest(self, files: Sequence[OutputFile], names: Names) -> Manifest:
        severities = Counter(diagnostic.severity for diagnostic in self.report)
        warnings = Counter(found.code for found in self.report if found.severity is Severity.WARNING)
        return Manifest(
            version=__version__,
            formatter=formatter_version(),
            configuration=settings(self.target),
            document=self.resolver.documents()[0].name,
            inputs={document.name: digest(document.source) for document in self._inputs()},
            links=self.resolver.links(),
            warnings=warnings,
            files={file.path: file.digest for file in files},
            names=_named_places(names),
            run=Run(generator_digest(), self.report.strict, severities[Severity.NOTE]),
        )

    def _inputs(self) -> tuple[SourceDocument, ...]:
        return (*self.resolver.documents(), *self.resolver.overlays())

    @property
    def operations(self) -> int:
        """How many operations were understood."""
        return len(self.understand().api.operations)

    @property
    def types(self) -> int:
        """How many named types were understood."""
        return len(self.understand().api.declarations)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read from a document: the model and its names, and the root for bundling."""

    api: Api
    names: Names
    root: Cursor
    resolver: Resolver


def _understand(root: Cursor, target: TargetConfig, resolver: Resolver, report: Report, thorough: bool) -> Understood:
    document = _read(root, resolver, report, thorough)
    meaning = LoweringOptions(
        target.typeless == "object", target.reading.limits, assert_formats=target.formats == "assert"
    )
    api = lower(document, report, meaning)
    names = assign(api, report, target.names)
    report.stop_on_errors()
    return Understood(api, names, root, resolver)


def _read(root: Cursor, resolver: Resolver, report: Report, thorough: bool) -> Document:
    validate_document(root, report, thorough=resolver if thorough else None)
    return read_document(root, resolver, report)


def generate_files(target: TargetConfig, understood: Understood) -> list[OutputFile]:
    """Return every file of the package, formatted."""
    options = TargetOptions(
        package=target.package,
        parts=frozenset(target.parts),
        sync="sync" in target.styles,
        asynchronous="async" in target.styles,
    )
    views = [view for stage in chosen(options.parts) for view in stage.views(understood.api, understood.names, options)]
    files = format_files([OutputFile(view.path, render(view)) for view in views])
    files += vendored_runtime(options.parts)
    files.append(OutputFile("py.typed", ""))
    if "server" in options.parts:
        files.append(_source_document(understood))
    _check_paths(files)
    return files


def _source_document(understood: Understood) -> OutputFile:
    content = bundle(understood.root, understood.resolver)
    return OutputFile("server/openapi.json", json.dumps(content, indent=1, ensure_ascii=True) + "\n")


def _named_places(names: Names) -> dict[str, str]:
    places = {"/".join((place.anchor, *place.steps)): name.name for place, name in names.types.items()}
    places |= {place.anchor: method for place, method in names.methods.items()}
    return places


def _check_paths(files: Sequence[OutputFile]) -> None:
    for file in files:
        if escapes(file.path):
            raise ValueError(f"not a path below the output folder: {file.path!r}")
    if clashes := collisions(file.path for file in files):
        raise ValueError(f"files differ in case only: {clashes}")
