"""What is not text, or not the text that it says it is."""

from __future__ import annotations

import json
import random

from security.hostile.case import HEAD, SMALL, SMALL_JSON, Cases, Hostile, document

_TEXT = "openapi: 3.1.0\ninfo: {title: Café, version: '1'}\npaths: {}\n"


def octets() -> Cases:
    yield "empty", b""
    yield "blank", b" \n\t\r\n" * 100
    yield "only-a-mark", b"\xef\xbb\xbf"
    yield "binary", random.Random(1).randbytes(5000)
    yield "large-binary", random.Random(2).randbytes(5_000_000)
    yield "zeros", bytes(100_000)
    yield "gzip", b"\x1f\x8b\x08\x00" + random.Random(3).randbytes(500)
    yield "zip", b"PK\x03\x04" + random.Random(6).randbytes(500)
    yield "picture", b"\x89PNG\r\n\x1a\n" + random.Random(4).randbytes(500)
    yield "program", b"\x7fELF\x02\x01\x01" + bytes(9) + random.Random(7).randbytes(500)
    yield "pickle", b"\x80\x04\x95cposix\nsystem\n(S'touch owned'\ntR."
    yield "python", b"import os\nos.system('touch owned')\n"
    yield "script", b"#!/bin/sh\ntouch owned\n"
    yield "html", b"<!DOCTYPE html><html><body>404</body></html>"
    yield "xml-bomb", b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><l>&b;</l>'
    yield "xml-entity", b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'
    yield "one-line-of-10-mb", b"x" * 10_000_000
    yield "lines-of-nothing", b"\n" * 5_000_000
    yield "too-large", b"# " + b"x" * (21 * 1024 * 1024)
    yield "comments-only", b"# nothing\n" * 10_000
    yield "quotes-10-mb", b'"' * 10_000_000
    yield "colons-5-mb", b":" * 5_000_000
    yield "braces-5-mb", b"{}" * 2_500_000
    yield "json-20-mb-of-blanks", b"{" + b" " * (20 * 1024 * 1024 - 10) + b"}"


def encodings() -> Cases:
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-8-sig", "utf-7", "latin-1", "cp1252"):
        yield f"encoding-{name}", _TEXT.encode(name)
    for name in ("cp037", "shift_jis", "gb18030", "koi8-r", "iso2022_jp"):
        yield f"encoding-{name}", _TEXT.encode(name, "replace")
    for name in ("utf-16", "utf-16-le", "utf-32"):
        yield f"json-encoding-{name}", json.dumps(document()).encode(name)
        yield f"encoding-{name}-cut", _TEXT.encode(name)[:-1]
    yield "marks-of-two-encodings", b"\xff\xfe\xef\xbb\xbf" + HEAD.encode()
    yield "mark-twice", b"\xef\xbb\xbf\xef\xbb\xbf" + HEAD.encode()
    yield "mark-and-another-encoding", b"\xff\xfe" + HEAD.encode()
    yield "utf-16-surrogate-alone", "openapi: '\ud800'".encode("utf-16", "surrogatepass")
    for number, sequence in enumerate(
        (b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xfe", b"\xe2\x82", b"\x80")
    ):
        yield f"broken-utf-8-{number}", b"openapi: 3.1.0\ninfo: {title: " + sequence + b", version: '1'}\npaths: {}\n"
    yield "coding-cookie", b"# -*- coding: utf-7 -*-\n" + HEAD.encode()
    yield "mark-in-the-middle", "openapi: 3.1.0\ninfo: {title: '\ufeff', version: '1'}\npaths: {}\n".encode()
    for number, control in enumerate(("\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ufffe", "\uffff")):
        yield f"control-{number}", f"openapi: 3.1.0\ninfo: {{title: a{control}b, version: '1'}}\npaths: {{}}\n".encode()
    yield "carriage-returns", HEAD.replace("\n", "\r").encode()
    yield "carriage-returns-and-line-feeds", HEAD.replace("\n", "\r\n").encode()
    yield "next-lines", HEAD.replace("\n", "\x85").encode()


def truncated() -> Cases:
    """A small document cut off after every seventh byte, as YAML and as JSON."""
    for suffix, text in (("yaml", SMALL), ("json", json.dumps(SMALL_JSON, indent=1).encode())):
        for end in range(1, len(text), 7):
            name = f"truncated-{suffix}-{end}"
            yield name, Hostile(name, {f"openapi.{suffix}": text[:end]})


def flipped() -> Cases:
    """A small document with one byte changed."""
    chosen = random.Random(8)
    for suffix, text in (("yaml", SMALL), ("json", json.dumps(SMALL_JSON).encode())):
        for number in range(40):
            place, byte = chosen.randrange(len(text)), chosen.randbytes(1)
            name = f"flipped-{suffix}-{number}"
            yield name, Hostile(name, {f"openapi.{suffix}": text[:place] + byte + text[place + 1 :]})
