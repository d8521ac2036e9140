"""Commands of curl, and requests as HTTP writes them, in; method, address, headers and body out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

from bothends.extraction.prose.endpoints import METHODS

_CURL = re.compile(r"(?:^|(?<=[\s;|&(`]))curl(?=\s)")
_REQUEST = re.compile(rf"\s*(?P<method>{METHODS})\s+(?P<target>\S+)(?:\s+HTTP/[\d.]+)?[ \t]*(?:\n|$)")
_STATUS = re.compile(r"\s*(?:<\s*)?HTTP/[\d.]+\s+(?P<status>\d{3})[^\n]*(?:\n|$)")
_HEADER = re.compile(r"[A-Za-z][\w-]*\s*:")
_WITH_VALUE = {
    "-X": "method", "--request": "method", "-H": "header", "--header": "header", "-d": "data", "--data": "data",
    "--data-raw": "data", "--data-binary": "data", "--data-ascii": "data", "--json": "data", "--data-urlencode": "data",
    "-F": "form", "--form": "form", "--form-string": "form", "-u": "user", "--user": "user", "--url": "url",
    "-o": "", "--output": "", "-b": "", "--cookie": "", "-c": "", "-A": "", "--user-agent": "", "-e": "", "-m": "",
    "--cacert": "", "--cert": "", "--key": "", "-T": "upload", "--upload-file": "upload", "-w": "", "--max-time": "",
    "--connect-timeout": "", "--retry": "", "-x": "", "--proxy": "", "--oauth2-bearer": "bearer",
}  # fmt: skip
_LONGEST = 100_000


@dataclass(slots=True)
class Command:
    """A request that a page shows."""

    method: str = ""
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict[str, str])
    data: list[str] = field(default_factory=list[str])
    form: list[str] = field(default_factory=list[str])
    user: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A status with the text of a body, as HTTP writes responses; no status where only a body stands there."""

    status: str
    body: str


def curl_commands(text: str) -> Iterator[Command]:
    """Return the commands of curl in a block of code."""
    starts = [found.start() for found in _CURL.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        if end - start <= _LONGEST and (command := _curl(text[start:end])) is not None:
            yield command


def http_request(text: str) -> Command | None:
    """Return the request that a text begins with, such as ``GET /pets HTTP/1.1`` with headers and a body."""
    found = _REQUEST.match(text)
    if found is None or not re.match(r"https?://|/|\{|<", found["target"]):
        return None
    command = Command(found["method"], found["target"])
    command.headers, body = _head(text[found.end() :])
    if body.strip():
        command.data.append(body.strip())
    return command


def http_response(text: str) -> Exchange | None:
    """Return the response that a text begins with, such as ``HTTP/1.1 200 OK`` with headers and a body."""
    found = _STATUS.match(text)
    return Exchange(found["status"], _head(text[found.end() :])[1].strip()) if found else None


def _head(text: str) -> tuple[dict[str, str], str]:
    headers: dict[str, str] = {}
    lines = text.split("\n")
    number = 0
    while number < len(lines) and _HEADER.match(lines[number]):
        name, _, value = lines[number].partition(":")
        headers[name.strip()] = value.strip()
        number += 1
    return headers, "\n".join(lines[number:])


def _curl(text: str) -> Command | None:
    words = _words(re.sub(r"[\\^`]\s*\r?\n", " ", text))
    command = Command()
    number = 1
    while number < len(words):
        word = words[number]
        number += 1
        name, value = word, None
        if word.startswith("--") and "=" in word:
            name, _, value = word.partition("=")
        elif re.match(r"-[XHdFu].", word):
            name, value = word[:2], word[2:]
        if name in _WITH_VALUE:
            if value is None:
                value = words[number] if number < len(words) else ""
                number += 1
            _take(command, _WITH_VALUE[name], value)
        elif name in ("-I", "--head"):
            command.method = "HEAD"
        elif name in ("-G", "--get"):
            command.method = "GET"
        elif not word.startswith("-") and not command.url and re.match(r"[\w${<\[]\S*[./:]\S*|/", word):
            command.url = word.rstrip("\\")
        elif word in ("|", ";", "&&", ">", "#"):
            break
    if not command.url:
        return None
    command.method = command.method or ("POST" if command.data or command.form else "GET")
    return command


def _take(command: Command, kind: str, value: str) -> None:
    if kind == "method":
        command.method = value.upper()
    elif kind == "url":
        command.url = value
    elif kind == "header":
        name, _, rest = value.partition(":")
        command.headers[name.strip()] = rest.strip()
    elif kind == "data":
        command.data.append(value[1:] if value[:2] in ("${", "$[") else value)
    elif kind == "form":
        command.form.append(value)
    elif kind == "user":
        command.user = value
    elif kind == "bearer":
        command.headers["Authorization"] = f"Bearer {value}"
    elif kind == "upload":
        command.method = command.method or "PUT"


def _words(text: str) -> list[str]:
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        for word in lexer:
            if word == "\n":
                break
            words.append(word)
    except ValueError:
        # A quotation that never ends: what stands before it is still a command.
        words += re.findall(r"https?://[^\s'\"]+", text)[:1] if not any("://" in word for word in words) else []
    return words
