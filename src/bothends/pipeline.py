"""The whole run, top down: documents in, a plan out. The only module that knows all stages; it writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bothends import __version__
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Location, Report, Severity
from bothends.ir.api import Api
from bothends.loading.bundle import bundle
from bothends.loading.cursor import Cursor
from bothends.loading.document import Document as SourceDocument
from bothends.loading.pins import Pins
from bothends.loading.resolve import FetchPolicy, Resolver
from bothends.loading.trim import trimmed
from bothends.loading.validate import validate_document
from bothends.lowering.lower import LoweringOptions, lower
from bothends.lowering.select import select_operations
from bothends.naming.assign import assign
from bothends.naming.lock import NO_LOCK, NameLock, read_lock, refuse_lock, write_lock
from bothends.naming.names import Names
from bothends.naming.renames import Rename, find_renames
from bothends.output.digests import digest_of_folder
from bothends.output.files import OutputFile
from bothends.output.fingerprint import settings
from bothends.output.formatting import format_files
from bothends.output.indented import indented_json
from bothends.output.installed import generator_digest
from bothends.output.manifest import NAME, Manifest, Run, read_manifest
from bothends.output.paths import collisions, escapes
from bothends.output.plan import Change, Edits, Plan, make_plan
from bothends.output.shared import relocated
from bothends.output.style import Style, style_of
from bothends.output.unchanged import digest_of_input
from bothends.output.vendored import vendored_runtime
from bothends.rendering import render
from bothends.spec.objects import Document
from bothends.spec.read_document import read_document
from bothends.targets.registry import chosen
from bothends.targets.target import FileView, TargetOptions

#: Takes the name of a stage that is done, and how many of what it worked on.
OnStage: TypeAlias = Callable[[str, int, str], None]


def _ignore(name: str, count: int, what: str) -> None:
    """Take no note of a stage."""


class Session:
    """One run over one target.

    It holds what was opened, so that diagnostics can be shown with their lines even when the run ends early.
    ``text`` stands in for the document's file; ``pins`` hold what was fetched before. ``thorough``: the rules that
    no schema can say are checked as well, as they are with a strict report. ``relock``: names are those of the rules,
    whatever they were in the package that is there. ``on_stage`` is told of each stage that is done.
    """

    def __init__(
        self,
        target: TargetConfig,
        report: Report,
        *,
        text: bytes | None = None,
        pins: Pins | None = None,
        thorough: bool = False,
        relock: bool = False,
        on_stage: OnStage = _ignore,
    ) -> None:
        reading = target.reading
        policy = FetchPolicy(reading.hosts, reading.folders, reading.headers, reading.offline)
        self.target = target
        self.report = report
        self.resolver = Resolver(policy, reading.limits, report, pins)
        self._text = text
        self._thorough = thorough or report.strict
        self._relock = relock
        self._before: NameLock = NO_LOCK
        self._understood: Understood | None = None
        self._files: list[OutputFile] | None = None
        self._on_stage = on_stage
        #: Files that were edited by hand, or are not ours, and stopped the run.
        self.refused: tuple[Change, ...] = ()

    def understand(self) -> Understood:
        """Read, lower and name the document.

        Raises DocumentError when nothing can be made of it; other problems are in the report.
        """
        if self._understood is None:
            root = self._open()
            document = _read(root, self.resolver, self.report, self._thorough)
            self._before = self._lock()
            self._on_stage("read", len(self._inputs()), "documents")
            lock = NO_LOCK if self._relock else self._before
            api = _lower(document, self.target, lock, self.report)
            self._on_stage("lower", len(api.operations), "operations")
            names = assign(api, self.report, self.target.choices, lock)
            self.report.stop_on_errors()
            self._on_stage("name", len(api.declarations), "types")
            self._understood = Understood(api, names, root, self.resolver)
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

    def plan(self, *, edits: Edits = "refuse") -> Plan:
        """Return what has to happen to the output folder; ``edits`` says what to do about files edited by hand.

        Raises DocumentError, and StyleError if the project's style cannot be read; writes nothing.
        """
        style = style_of(self.target)
        if self._files is None:
            self._files = generate_files(self.target, self.understand(), style, self._on_stage)
        made_by = self._manifest(self._files, style)
        plan = make_plan(self.target.output, self._files, made_by, self.report, edits=edits, style=style)
        self._on_stage("compare", len(plan.changes), "files")
        self.refused = plan.refused
        self.report.stop_on_errors()
        return plan

    @property
    def renames(self) -> tuple[Rename, ...]:
        """What is called otherwise than in the package that is there."""
        if not self._before.names:
            return ()
        return find_renames(self._before, self.understand().name_lock)

    def _lock(self) -> NameLock:
        """Return the names of the package that is there, unless nobody wants to know them."""
        manifest = self.target.output / NAME
        location = Location(str(manifest))
        # What is wrong with a lock that is not used does not matter.
        report = Report() if self._relock else self.report
        found = read_manifest(self.target.output)
        if found is None and manifest.is_file():
            refuse_lock("the manifest with the name lock is not one that bothends wrote", location, report)
        return read_lock(found.names, location, report) if found else NO_LOCK

    def _manifest(self, files: Sequence[OutputFile], style: Style) -> Manifest:
        severities = Counter(diagnostic.severity for diagnostic in self.report)
        warnings = Counter(found.code for found in self.report if found.severity is Severity.WARNING)
        return Manifest(
            version=__version__,
            formatter=style.formatter,
            configuration=settings(self.target),
            document=self.resolver.documents()[0].name,
            inputs={one.name: digest_of_input(one.name, one.source) for one in self._inputs()} | self._templates(),
            links=self.resolver.links(),
            files={file.path: file.digest for file in files},
            names=self.understand().lock,
            run=Run(generator_digest(), self.report.strict, severities[Severity.NOTE], warnings),
        )

    def _templates(self) -> dict[str, str]:
        """Return the digest of the folder of templates, if there is one, under a name that ends with a slash."""
        found = settings(self.target).get("templates")
        return {f"{found}/": digest_of_folder(str(self.target.templates))} if found else {}

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

    @property
    def name_lock(self) -> NameLock:
        """The names as the next run reads them."""
        return read_lock(self.lock, Location(""), Report())

    @property
    def lock(self) -> dict[str, dict[str, str]]:
        """The names as the manifest records them."""
        return write_lock(self.api, self.names)


def _lower(document: Document, target: TargetConfig, lock: NameLock, report: Report) -> Api:
    meaning = LoweringOptions(
        target.typeless == "object",
        target.reading.limits,
        target.pagination,
        assert_formats=target.formats == "assert",
        only_used=not target.select.keeps_unused,
        lock=lock,
    )
    return lower(select_operations(document, target.select, target.places, report), report, meaning)


def _read(root: Cursor, resolver: Resolver, report: Report, thorough: bool) -> Document:
    validate_document(root, report, thorough=resolver if thorough else None)
    return read_document(root, resolver, report)


def generate_files(
    target: TargetConfig, understood: Understood, style: Style | None = None, on_stage: OnStage = _ignore
) -> list[OutputFile]:
    """Return every file of the package, formatted: in our own style, unless told."""
    if target.schemas_style != "pydantic":
        # Imported on use: what writes these is an extra.
        from bothends.targets.styles.build import styled_files

        files = styled_files(understood.api, understood.names, target.schemas_style)
        return [*format_files(files, style, sort=True), OutputFile("py.typed", "")]
    options = TargetOptions(
        package=target.package,
        parts=frozenset(target.parts),
        sync="sync" in target.styles,
        asynchronous="async" in target.styles,
        signature=target.webhooks,
    )
    views = [view for stage in chosen(options.parts) for view in stage.views(understood.api, understood.names, options)]
    files = [OutputFile(view.path, text) for view, text in zip(views, _rendered(views, target.templates), strict=True)]
    files = list(relocated(files, target))
    runtime = list(vendored_runtime(options.parts)) if target.runtime is None else []
    on_stage("render", len(files), "files")
    # The runtime is copied as it is, unless a formatter of the project would find something to do in it.
    files = (
        [*format_files(files, sort=target.runtime is not None), *runtime]
        if style is None or style.config is None
        else format_files([*files, *runtime], style, sort=target.runtime is not None)
    )
    on_stage("format", len(files), "files")
    files.append(OutputFile("py.typed", ""))
    if "server" in options.parts:
        files.append(_source_document(target, understood))
    _check_paths(files)
    return files


def _rendered(views: Sequence[FileView], templates: Path | None) -> Iterator[str]:
    """Yield the text of each file. Raises DocumentError where templates of the project are not what they should be."""
    if templates is None:
        yield from map(render, views)
        return
    # Imported on use: most projects have no templates of their own.
    from bothends.rendering.overrides import check_overrides, check_python, render_overridden

    check_overrides(templates)
    for view in views:
        text = render_overridden(view, templates)
        check_python(view.path, text, templates)
        yield text


def _source_document(target: TargetConfig, understood: Understood) -> OutputFile:
    """Return what the server says of itself: the document, without what was not selected."""
    content = bundle(understood.root, understood.resolver)
    if not target.select.is_everything:
        selected = {(one.id.method, one.id.path) for one in (*understood.api.operations, *understood.api.webhooks)}
        content = trimmed(content, selected, keep=target.select.keeps_unused)
    return OutputFile("server/openapi.json", indented_json(content, 1) + "\n")


def _check_paths(files: Sequence[OutputFile]) -> None:
    for file in files:
        if escapes(file.path):
            raise ValueError(f"not a path below the output folder: {file.path!r}")
    if clashes := collisions(file.path for file in files):
        raise ValueError(f"files differ in case only: {clashes}")
