"""Answers for the JSON Schema Test Suite by generated schemas, for the conformance harness.

Run it with the harness: ``python run.py .../tests/conformance/adapter.py --python .../.venv/bin/python``. A document
is turned into a package by the command line, as anybody would; an instance is accepted if the package's own decoder
reads it.

The variant ``strict`` reads schemas without ``type`` as JSON Schema has it; ``annotated`` does so too, and takes
formats for annotations; ``assumed`` reads as the authors of OpenAPI documents mean it, as generation does by default.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from adapter_api import GenerationFailed, ImportFailed, run_tool, to_json, write_document

VARIANTS = ("strict", "annotated", "assumed")

_PACKAGE = "generated_for_conformance"
_TYPELESS = {"strict": "any", "annotated": "any", "assumed": "object"}
_FORMATS = {"strict": "assert", "annotated": "annotate", "assumed": "assert"}
_REMOTE = ("localhost", 1234)
_CONFIGURATION = """\
allow_hosts = ["localhost:1234"]

[[targets]]
spec = "openapi.json"
output = "{package}"
parts = ["schemas"]
typeless = "{typeless}"
formats = "{formats}"
"""


def TOOL() -> str:
    return f"bothends {version('bothends')}, pydantic {version('pydantic')}"


def build(
    schemas: Mapping[str, Any],
    openapi_version: str,
    workdir: Path,
    *,
    names: list[str],
    variant: str,
    remotes: Mapping[str, Any],
    **_: Any,
) -> dict[str, Callable[[Any], bool] | Exception]:
    """Generate a package from the schemas, and return what it says to instances of each."""
    write_document(schemas, openapi_version, workdir / "openapi.json")
    configuration = _CONFIGURATION.format(package=_PACKAGE, typeless=_TYPELESS[variant], formats=_FORMATS[variant])
    (workdir / "bothends.toml").write_text(configuration, encoding="utf-8")
    with _served(remotes if "localhost:1234" in json.dumps(schemas) else {}):
        run_tool([sys.executable, "-m", "bothends", "generate", "-q"], cwd=workdir)
    sys.path.insert(0, str(workdir))
    python_names = json.loads((workdir / _PACKAGE / ".bothends.json").read_text(encoding="utf-8"))["names"]["types"]
    return {name: _check(python_names.get(name)) for name in names}


@contextmanager
def _served(remotes: Mapping[str, Any]) -> Iterator[None]:
    """Serve the documents that schemas refer to where the suite says that they are."""
    if not remotes:
        yield
        return
    pages = {urlsplit(url).path: to_json(document).encode() for url, document in remotes.items()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = pages.get(self.path)
            self.send_response(404 if found is None else 200)
            self.end_headers()
            self.wfile.write(found or b"")

        def log_message(self, *_: object) -> None:
            return

    with _server(Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield
        server.shutdown()


def _server(handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    """Open the port of the suite's documents; other processes of the harness may have it for a moment."""
    for _ in range(600):
        try:
            return ThreadingHTTPServer(_REMOTE, handler)
        except OSError:
            time.sleep(0.1)
    raise GenerationFailed("the port of the suite's documents is taken")


def _check(locked: str | None) -> Callable[[Any], bool] | Exception:
    if locked is None:
        return GenerationFailed("no type for this schema")
    name = locked.split()[0]
    try:
        package = importlib.import_module(_PACKAGE)
        type_ = getattr(package.schemas, name)
        adapters = importlib.import_module(f"{_PACKAGE}._runtime.adapters")
        adapters.adapter(type_)
    except Exception as error:
        return ImportFailed(f"{type(error).__name__}: {error}")
    from pydantic import ValidationError

    def accepts(instance: Any) -> bool:
        try:
            adapters.decode(type_, to_json(instance))
        except ValidationError:
            return False
        return True

    return accepts
