"""What a page says of one operation in; the operation out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bothends.extraction.prose.blocks import Block, plain
from bothends.extraction.prose.commands import Command, curl_commands, http_request, http_response
from bothends.extraction.prose.endpoints import Endpoint, endpoint
from bothends.extraction.prose.fields import Field, columns_of, component_field, item_field, table_fields, text_fields
from bothends.extraction.prose.labels import Label, label_of
from bothends.extraction.prose.regions import Region
from bothends.extraction.prose.samples import sample_value

_FIELD_ROLES = ("path", "query", "header", "form", "body", "parameters", "response", "error", "request")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w ]{1,30}?)\s*:\s*(?P<value>\S.*)$")
_STATUS = re.compile(r"\b([1-5]\d\d)\b")
_SAID_STATUS = re.compile(
    r"(?:return\w*|respon\w*|status(?: code)?|with|get)\s+(?:an?\s+|with\s+|the\s+|HTTP\s+|code\s+"
    r"|of\s+){0,4}`?(2\d\d)\b",
    re.IGNORECASE,
)
_STATUS_KEY = re.compile(r"(?:(?:http |response )?(?:status|code)(?: code)?|(?:success\w*|http)? ?response)s?")
_ASSIGNED = re.compile(r"(?P<name>[A-Za-z_][\w.]*)=\[(?P<type>[\w ]+)\]")
_REQUIRED = re.compile(
    r"^(?:required|mandatory) (?:fields|parameters|params|attributes|properties)\s*:\s*(.*)$", re.IGNORECASE
)
_RESPONSE_WORDS = re.compile(
    r"\b(?:returns?|returned|respon\w+|result|output|answers?|structured like)\b", re.IGNORECASE
)
_REQUEST_WORDS = re.compile(r"\b(?:request|body|payload|send|post(?:ed)?|input|submit)\b", re.IGNORECASE)
_BODILESS = ("GET", "HEAD", "DELETE", "OPTIONS")
# How API Blueprint announces what follows, in items of a list.
_BLUEPRINT = re.compile(
    r"((?:Response(?: \d{3})?|Request|Parameters|Attributes|Headers|Body|Schema|Model))(?: \([\w/+.; =-]+\))?$"
)
_PUBLIC = re.compile(
    r"(?:no auth\w*(?: is)? (?:required|needed|necessary)|auth\w*:? (?:is )?not (?:required|needed))", re.IGNORECASE
)
_NO_PROSE = re.compile(r"\[[^\]]+\]:\s|-{3,}$|[*=_]{3,}$|(?:import|export) .*from ")
_LONGEST = 6000
# The status of a response that is shown before, or without, its status.
UNSAID = ""


@dataclass(slots=True)
class Response:
    """One response: its description, the fields and the sample of its body."""

    description: str = ""
    fields: list[Field] = field(default_factory=list[Field])
    sample: Any = None


@dataclass(slots=True)
class Operation:
    """What was read of one operation."""

    endpoint: Endpoint
    title: str
    line: int
    above: tuple[str, ...] = ()
    description: list[str] = field(default_factory=list[str])
    fields: list[Field] = field(default_factory=list[Field])
    responses: dict[str, Response] = field(default_factory=dict[str, Response])
    body_sample: Any = None
    commands: list[Command] = field(default_factory=list[Command])
    required: list[str] = field(default_factory=list[str])
    security: list[str] = field(default_factory=list[str])
    is_public: bool = False


def read_operation(region: Region) -> Operation:
    """Read an operation out of its region."""
    reader = _Reader(region)
    for block in region.blocks:
        reader.take(block)
    reader.finish_lines()
    _settle_unsaid(reader.operation.responses)
    return reader.operation


def _settle_unsaid(responses: dict[str, Response]) -> None:
    """Give what is shown without a status the one of success that the page names, or else 200."""
    unsaid = responses.pop(UNSAID, None)
    if unsaid is None:
        return
    named = next((status for status in responses if status[0] == "2" and status != "204"), "200")
    known = responses.setdefault(named, Response())
    known.sample = unsaid.sample if known.sample is None else known.sample
    known.fields = [*known.fields, *unsaid.fields]


class _Reader:
    """Reads block after block; the label above says what a block is about."""

    def __init__(self, region: Region) -> None:
        self.operation = Operation(region.endpoint, region.title, region.line, region.above)
        self._label: Label | None = None
        self._status = ""
        self._hint = ""
        self._lines: list[str] = []
        self._shown_code = False
        self._is_inline = self._is_spent = False
        self._titles = {region.title, plain(region.title)}

    def take(self, block: Block) -> None:
        """Read one block."""
        if block.kind == "gap":
            self._lines.append("")
            return
        if block.kind not in ("text", "item", "term"):
            self.finish_lines()
        if block.kind == "heading":
            self._heading(block)
        elif block.kind == "code":
            self._code(block)
        elif block.kind == "table":
            self._table(block)
        elif block.kind == "field":
            self._field(block)
        else:
            self._text(block)

    def _field(self, block: Block) -> None:
        status = _STATUS.match(block.attributes.get("status", ""))
        if status is not None:
            response = self.operation.responses.setdefault(status[1], Response())
            response.description = response.description or plain(block.text)
            return
        one = component_field(block)
        if one is not None:
            self._add(one)

    def finish_lines(self) -> None:
        """Read the lines without marks that were kept."""
        lines, self._lines = self._lines, []
        if self._label is not None and self._label.role in _FIELD_ROLES:
            for one in text_fields(lines):
                self._add(one)

    def _heading(self, block: Block) -> None:
        text = plain(block.text)
        if text in self._titles:
            return
        self._hint = text
        self._labelled(label_of(text), text, is_heading=True)

    def _labelled(self, label: Label | None, text: str, *, is_heading: bool = False) -> None:
        self.finish_lines()
        self._label = label or Label("other")
        self._is_spent = False
        self._is_inline = not is_heading
        if label is None:
            return
        if label.status:
            self._status = label.status
            words = re.sub(r"^\D{0,20}?\d\d\d\s*(?:[:\u2013\u2014-]\s*)?", "", text).strip(" :-*`")
            response = self.operation.responses.setdefault(label.status, Response())
            response.description = response.description or words
        elif label.role == "response" and is_heading:
            self._status = ""

    def _text(self, block: Block) -> None:
        text = plain(block.text)
        if self._pair(text):
            return
        if block.kind != "term" and (label := _announced(block, text, self._label)) is not None:
            self._hint = text
            self._labelled(label, text)
            return
        # A label in the text is about the sample after it; what follows that is about the operation again.
        is_over = self._is_inline and self._is_spent
        expected = self._label is not None and self._label.role in _FIELD_ROLES and not is_over
        if block.kind == "item" and (status := _STATUS.fullmatch(text)) is not None:
            self.operation.responses.setdefault(status[1], Response())
            return
        if block.kind in ("item", "term") or re.match(r"\s*[`*]", block.text):
            one = item_field(block, is_expected=expected)
            if one is not None and (expected or one.schema or one.place):
                self.finish_lines()
                self._add(one)
                return
        self._hint = text
        if expected:
            self._lines.append(text)
        elif (
            (self._label is None or is_over)
            and self._is_prose(text)
            and sum(map(len, self.operation.description)) < _LONGEST
        ):
            self.operation.description.append(text if block.kind != "item" else f"- {text}")
        status = _SAID_STATUS.search(text)
        if status is not None and not set(self.operation.responses) - {UNSAID}:
            self.operation.responses.setdefault(status[1], Response())
            self._status = status[1]

    def _is_prose(self, text: str) -> bool:
        return text not in self._titles and not text.endswith(":") and not _NO_PROSE.match(text)

    def _pair(self, text: str) -> bool:
        """Read a line such as ``Code: 201 CREATED``, ``Required fields: name``, ``Auth required: no``."""
        if _PUBLIC.match(text):
            self.operation.is_public = True
        required = _REQUIRED.match(text)
        if required is not None:
            self.operation.required += re.findall(r"[A-Za-z_][\w.]*", required[1])[:40]
            return True
        pair = _PAIR.match(text)
        if pair is None:
            return False
        key, value = pair["key"].strip().lower(), pair["value"].strip()
        if key in ("description", "summary", "purpose"):
            self.operation.description.append(value)
        elif key in ("security", "securities"):
            self.operation.security.append(value)
        elif key in ("version", "request method", "method", "request") and len(value.split()) == 1:
            return True
        elif _STATUS_KEY.fullmatch(key) and (status := _STATUS.match(value)):
            self._labelled(Label("response", status[1]), re.sub(r"\s*\bContent\b.*$", "", value))
            shown = re.search(r"Content:\s*(\{.*\}|\[.*\])", value)
            if shown is not None:
                self._respond(status[1], sample_value(shown[1]))
        elif key in ("auth required", "authentication", "authentication required", "requires authentication", "auth"):
            self.operation.is_public = re.match(r"(?:no\b|not? |none|false|public)", value, re.IGNORECASE) is not None
            if not self.operation.is_public:
                self.operation.security.append(value)
        elif (label := label_of(key)) is not None and (found := list(_ASSIGNED.finditer(value))):
            self._labelled(label, key)
            for one in found:
                item = item_field(Block("item", 1, f"`{one['name']}` ({one['type']})"), is_expected=True)
                if item is not None:
                    self._add(item)
        else:
            return False
        return True

    def _table(self, block: Block) -> None:
        role = self._label.role if self._label is not None else ""
        if not columns_of(block.rows[0]) or re.fullmatch(
            r"(?i)(?:http |status |error )?(?:status|code)s?(?: code)?", plain(block.rows[0][0])
        ):
            self._statuses(block)
            return
        if role in ("other", "security", "address") and self._label is not None and role != "address":
            return
        for one in table_fields(block):
            self._add(one)

    def _statuses(self, block: Block) -> None:
        if not re.search(r"(?i)\b(?:status|codes?|http|response|error)\b", plain(block.rows[0][0])):
            return
        for row in block.rows[1:]:
            status = _STATUS.match(plain(row[0])) if row else None
            if status is not None:
                words = plain(row[-1]) if len(row) > 1 else ""
                response = self.operation.responses.setdefault(status[1], Response())
                response.description = response.description or words

    def _code(self, block: Block) -> None:
        commands = list(curl_commands(block.text)) if "curl" in block.text else []
        if commands:
            self.operation.commands += commands
            self._shown_code = True
            return
        text = block.text.strip()
        response = http_response(text)
        if response is not None:
            self._respond(response.status, sample_value(response.body))
            return
        request = http_request(text)
        if request is not None:
            self.operation.commands.append(request)
            self._shown_code = True
            return
        value = sample_value(text)
        self._is_spent = True
        if value is None:
            self._shown_code = self._shown_code or "\n" in text
        elif self._is_response(value):
            self._respond(self._status, value)
        elif self.operation.body_sample is None or (self._label is not None and self._label.is_sample):
            self.operation.body_sample = value

    def _is_response(self, value: Any) -> bool:
        """Whether a sample is that of a response, by the label above it, the words before it, and the method."""
        role = self._label.role if self._label is not None else ""
        if self.operation.endpoint.method in _BODILESS or role in ("response", "error"):
            return True
        if role in ("body", "form") or (role in ("request", "parameters") and not _RESPONSE_WORDS.search(self._hint)):
            return role == "request" and self.operation.body_sample is not None
        if _RESPONSE_WORDS.search(self._hint):
            return True
        if _REQUEST_WORDS.search(self._hint):
            return False
        has_body = self.operation.body_sample is not None or any(command.data for command in self.operation.commands)
        return has_body or self._shown_code

    def _respond(self, status: str, sample: Any) -> None:
        if self._label is not None and self._label.role == "error" and status[:1] in ("", "2"):
            status = "4XX"
        response = self.operation.responses.setdefault(status or UNSAID, Response())
        if response.sample is None:
            response.sample = sample

    def _add(self, one: Field) -> None:
        role = self._label.role if self._label is not None else "parameters"
        if one.place == "response" or (role in ("response", "error") and not one.place):
            status = self._status or ("4XX" if role == "error" else UNSAID)
            self.operation.responses.setdefault(status, Response()).fields.append(one)
            return
        place = one.place or (role if role in ("path", "query", "header", "form", "body") else "")
        self.operation.fields.append(Field(one.name, one.schema, one.required, one.description, place, one.depth))


def _announced(block: Block, text: str, current: Label | None) -> Label | None:
    """Return the label that a line is: an emphasised one, one before a colon, or one of few words on its own."""
    is_marked = re.match(r"\s*(?:\*\*|__|>\s)", block.text) is not None and len(text) <= 60
    is_last = text.endswith(":")
    if block.kind == "item" and (found := _BLUEPRINT.match(text)) is not None:
        if found[1] in ("Body", "Attributes") and current is not None and current.role in ("request", "response"):
            return current
        return Label("response", "", is_sample=True) if found[1] == "Model" else label_of(found[1]) or Label("other")
    is_short = (
        block.kind == "text" and len(text.split()) <= 4 and text[:1].isupper() and not text.endswith((".", "!", "?"))
    )
    is_status = (
        block.kind == "text"
        and re.fullmatch(
            r"[1-5]\d\d(?:\s*[:\u2013\u2014-]?\s*[A-Z][\w ]{0,40}(?: - \S+)?"
            r"|\s-\s\S+)?",
            text,
        )
        is not None
    )
    if not (is_marked or is_last or is_short or is_status):
        return None
    return label_of(text)


def shown_endpoint(command: Command) -> Endpoint:
    """Return the endpoint of a command."""
    return endpoint(command.method, command.url)
