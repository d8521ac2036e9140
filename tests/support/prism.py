"""Stoplight Prism: the copy that tests use, and documents as far as it understands them."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

VERSION = "5.16.0"
_PROBLEM = "https://stoplight.io/prism/errors"
_PATIENCE = 60.0
# What Prism says when it cannot write the answer that it wants to make up.
_ITS_OWN = ("Cannot find serializer", "Cannot serialise")

Document = dict[str, Any]


def installed() -> Path | None:
    """Return the program, installed into a cache when first needed. None where npm is missing or has no network."""
    cache = Path(os.environ.get("BOTHENDS_TEST_CACHE") or Path.home() / ".cache" / "bothends-tests")
    folder = cache / f"prism-{VERSION}"
    program = folder / "node_modules" / ".bin" / "prism"
    if program.exists():
        return program
    npm = shutil.which("npm")
    if npm is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--no-save", "--no-audit", "--no-fund", f"@stoplight/prism-cli@{VERSION}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=600, check=False)
    return program if done.returncode == 0 and program.exists() else None


@contextmanager
def running(program: Path, arguments: list[str], log: Path) -> Iterator[str]:
    """Run Prism; yield its URL, and fail where it did not last."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with log.open("w") as output:
        command = [str(program), *arguments, "--errors", "--port", str(port), "--host", "127.0.0.1"]
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait(process, port, log)
            yield f"http://127.0.0.1:{port}"
            assert process.poll() is None, f"Prism crashed:\n{log.read_text()[-3000:]}"
        finally:
            process.terminate()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"Prism did not start:\n{log.read_text()[-3000:]}")


class Complaints:
    """What Prism says is wrong with requests and answers: an event hook of the HTTP client."""

    def __init__(self, *, of_answers: bool) -> None:
        self._of_answers = of_answers
        self.found: list[str] = []
        self.answers = 0

    def __call__(self, response: httpx2.Response) -> None:
        self.answers += 1
        if "problem+json" not in response.headers.get("content-type", ""):
            return
        body = json.loads(response.read() or b"null")
        if isinstance(body, dict) and str(body.get("type", "")).startswith(_PROBLEM):
            request = response.request
            places = [one.get("location", [""])[0] for one in body.get("validation", ())]
            if places and not self._of_answers and set(places) == {"response"}:
                return
            if not self._of_answers and str(body.get("title", "")).startswith(_ITS_OWN):
                return
            details = json.dumps(body.get("validation") or body.get("detail"))[:600]
            self.found.append(f"{request.method} {request.url.raw_path.decode()}: {body['title']}: {details}")


def understood(document: Document, changes: tuple[Callable[[Document], None], ...], path: Path) -> Path:
    """Write a document with the changes that Prism needs."""
    for change in changes:
        change(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
