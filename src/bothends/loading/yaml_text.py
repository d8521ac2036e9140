"""YAML text in, plain data out: the JSON values that YAML 1.2 can say, and a diagnostic for everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.loading import collector, scalars
from bothends.loading.data import is_list, is_mapping
from bothends.loading.places import report_duplicates, shorten
from bothends.loading.shape import check_shape, too_deep, too_many_digits, too_many_values
from bothends.loading.yaml_parser import invalid, open_events, syntax_error
from bothends.loading.yaml_positions import YamlPositions

_CORE = "tag:yaml.org,2002:"


class _MergeKey(str):
    """A plain ``<<``, to be told from a quoted one."""

    __slots__ = ()


_MERGE = _MergeKey("<<")
# Of text that an alias repeats, so many characters count as one value.
_CHARACTERS = 100


def parse_yaml(text: str, uri: str, limits: Limits, report: Report) -> Any:
    """Read YAML text; :class:`DocumentError` where it is not YAML, says more than JSON can, or exceeds a limit."""
    builder = _Builder(text, uri, limits)
    try:
        with collector.paused():
            data = builder.build()
    except yaml.YAMLError as error:
        raise syntax_error(error, text, uri) from None
    if builder.alias_nodes:
        check_shape(data, limits, lambda: Location(uri, "", 1, 1))
    if builder.found_duplicate:
        report_duplicates(YamlPositions(text).duplicates(), uri, report)
    return data


class _Frame:
    """A collection under construction: a mapping, or a list where ``elements`` is not None.

    A key of None is one that is still to come.
    """

    __slots__ = ("anchor", "elements", "key", "members", "merged", "size_before")

    def __init__(self, elements: list[Any] | None, anchor: str | None, size_before: int) -> None:
        self.elements = elements
        self.members: dict[str, Any] = {}
        self.anchor = anchor
        self.size_before = size_before
        self.key: str | None = None
        self.merged: list[dict[str, Any]] | None = None


class _Builder:
    """Builds plain data out of events, without recursion."""

    def __init__(self, text: str, uri: str, limits: Limits) -> None:
        self._next, self._restore = open_events(text)
        self._uri = uri
        self._limits = limits
        self._documents: list[Any] = []
        # The bottom is the stream, a list of documents.
        self._frame = _Frame(self._documents, None, 0)
        self._below: list[_Frame] = []
        # What anchors stand for, and how many values that holds; those of open collections are absent.
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._document_start = Location(uri)
        self._nodes = 0
        self._text = 0
        self.alias_nodes = 0
        self.found_duplicate = False

    def build(self) -> Any:
        """Build the one document of the stream."""
        handlers: dict[type[Event], Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._start_mapping,
            SequenceStartEvent: self._start_sequence,
            MappingEndEvent: self._end_mapping,
            SequenceEndEvent: self._end,
            AliasEvent: self._alias,
            DocumentStartEvent: self._start_document,
        }
        get_event = self._next
        event = get_event()
        while event is not None:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
            event = get_event()
        documents = [document for document in self._documents if document is not None]
        if not documents:
            place = Location(self._uri, "", 1, 1)
            raise DocumentError(Diagnostic("empty-document", Severity.ERROR, "the document is empty", place))
        return documents[0]

    def _start_document(self, event: Any) -> None:
        self._document_start = self._place(event)
        self._anchors.clear()

    def _scalar(self, event: Any) -> None:
        text: str = event.value if self._restore is None else self._restore(event.value)
        frame = self._frame
        if frame.key is None and frame.elements is None:
            self._key(text, event)
            return
        if event.tag is not None:
            value = self._tagged(event, text)
        elif not event.implicit[0]:
            value = text
        elif text in scalars.WORDS:
            value = scalars.WORDS[text]
        elif text[0] in scalars.NUMBER_STARTS:
            value = self._plain(event, text)
        else:
            value = text
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 1 + len(text) // _CHARACTERS)
        self._text += len(text)
        self._attach(value, event)

    def _key(self, text: str, event: Any) -> None:
        if event.tag is not None and event.tag not in ("!", f"{_CORE}str"):
            raise self._foreign_tag(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = (text, 1 + len(text) // _CHARACTERS)
        self._text += len(text)
        frame = self._frame
        frame.key = text
        if text == _MERGE and event.implicit[0]:
            if frame.merged is None:
                frame.merged = []
            frame.key = _MERGE
        elif text in frame.members:
            self.found_duplicate = True

    def _attach(self, value: Any, event: Any) -> None:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            raise too_many_values(self._place(event), self._limits)
        frame = self._frame
        elements = frame.elements
        if elements is not None:
            if elements and elements is self._documents and value is not None:
                message = "the file holds more than one YAML document"
                raise invalid(message, self._document_start, "keep only one of them")
            elements.append(value)
            return
        if frame.key is _MERGE:
            self._merge(value, event)
        elif frame.key is not None:
            frame.members[frame.key] = value
        frame.key = None

    def _start_mapping(self, event: Any) -> None:
        self._start(None, event, f"{_CORE}map")

    def _start_sequence(self, event: Any) -> None:
        self._start([], event, f"{_CORE}seq")

    def _start(self, elements: list[Any] | None, event: Any, tag: str) -> None:
        if event.tag is not None and event.tag not in ("!", tag):
            raise self._foreign_tag(event)
        frame = self._frame
        if frame.key is None and frame.elements is None:
            raise invalid("a key is a mapping or a list; keys must be strings", self._place(event))
        self._below.append(frame)
        if len(self._below) > self._limits.depth:
            raise too_deep(self._place(event), self._limits)
        # An anchor that is given again stands for the new value, also while that is open.
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)
        self._frame = _Frame(elements, event.anchor, self._size())

    def _end_mapping(self, event: Any) -> None:
        frame = self._frame
        if frame.merged is not None:
            combined: dict[str, Any] = {}
            for other in frame.merged:
                for key, value in other.items():
                    combined.setdefault(key, value)
            frame.members = {**combined, **frame.members}
        self._end(event)

    def _end(self, event: Any) -> None:
        done = self._frame
        value = done.members if done.elements is None else done.elements
        self._frame = self._below.pop()
        if done.anchor is not None:
            self._anchors[done.anchor] = (value, self._size() - done.size_before + 1)
        self._attach(value, event)

    def _size(self) -> int:
        """Return how much was read so far, what aliases repeat each time."""
        return self._nodes + self._text // _CHARACTERS + self.alias_nodes

    def _alias(self, event: Any) -> None:
        known = self._anchors.get(event.anchor)
        if known is None:
            message = f"the alias {shorten('*' + event.anchor)} stands for nothing that ended before it"
            raise invalid(message, self._place(event))
        value, size = known
        self.alias_nodes += size
        self._check_aliases(event)
        frame = self._frame
        if frame.key is None and frame.elements is None:
            if not isinstance(value, str):
                raise invalid("a key is an alias of something that is not a string", self._place(event))
            self.found_duplicate = self.found_duplicate or value in frame.members
            frame.key = value
        else:
            self._attach(value, event)

    def _check_aliases(self, event: Any) -> None:
        if self.alias_nodes > self._limits.alias_nodes:
            message = f"aliases repeat more than {self._limits.alias_nodes:,} values"
            raise DocumentError(Diagnostic("too-many-aliases", Severity.ERROR, message, self._place(event)))

    def _merge(self, value: Any, event: Any) -> None:
        others = [other for other in (value if is_list(value) else [value]) if is_mapping(other)]
        if len(others) != (len(value) if is_list(value) else 1):
            hint = "quote the key to mean the name '<<'"
            raise invalid("the merge key '<<' takes a mapping or a list of mappings", self._place(event), hint)
        # A merge copies what an alias would share: it counts again.
        self.alias_nodes += sum(len(other) for other in others)
        self._check_aliases(event)
        if self._frame.merged is not None:
            self._frame.merged.extend(others)

    def _plain(self, event: Any, text: str) -> scalars.Scalar:
        try:
            return scalars.resolve(text, self._limits.digits)
        except scalars.LongNumberError:
            raise DocumentError(too_many_digits(text, self._place(event), self._limits)) from None
        except scalars.NumberError:
            message = f"{shorten(text)} is not a number that JSON can hold"
            hint = "quote it if it is meant as text"
            raise DocumentError(
                Diagnostic("invalid-number", Severity.ERROR, message, self._place(event), hint)
            ) from None

    def _tagged(self, event: Any, text: str) -> scalars.Scalar:
        """Obey the tags of the core schema, which only say what kind of JSON value is meant."""
        tag = event.tag
        if tag in ("!", f"{_CORE}str"):
            return text
        value = self._plain(event, text)
        kind = {f"{_CORE}int": int, f"{_CORE}bool": bool, f"{_CORE}null": type(None)}.get(tag)
        if kind is not None and type(value) is kind:
            return value
        if tag == f"{_CORE}float" and type(value) in (int, float):
            return float(value or 0)
        raise self._foreign_tag(event)

    def _foreign_tag(self, event: Any) -> DocumentError:
        tag = str(event.tag)
        shown = f"!!{tag.removeprefix(_CORE)}" if tag.startswith(_CORE) else tag
        message = f"the tag {shorten(shown)} has no meaning in an OpenAPI document, or not for this value"
        return invalid(message, self._place(event), "remove the tag")

    def _place(self, event: Any) -> Location:
        mark = event.start_mark
        return Location(self._uri, "", mark.line + 1, mark.column + 1)
