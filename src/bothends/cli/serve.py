"""``bothends serve``: the generated server as a mock, at once."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import tempfile
from pathlib import Path
from typing import Any

from bothends.cli.main import FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.sources import spec_text
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Diagnostic, DocumentError, Severity

_PACKAGE = "mock_of_document"


def run(options: argparse.Namespace) -> int:
    """Generate the server into a temporary folder and serve it until interrupted."""
    messages = Messages(options)
    missing = missing_modules("fastapi", "uvicorn")
    if missing:
        messages.diagnostics(error=missing)
        return PROBLEM
    with tempfile.TemporaryDirectory(prefix="bothends-serve-") as folder:
        if not _generate(options, messages, Path(folder) / _PACKAGE):
            return PROBLEM
        sys.path.insert(0, folder)
        app = importlib.import_module(f"{_PACKAGE}.server").create_app()
        return _serve(app, options, messages)


def missing_modules(*names: str) -> DocumentError | None:
    """Return what to say where the generated server's own dependencies are not installed, else None."""
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    if not missing:
        return None
    message = f"running the generated server needs {', '.join(missing)}"
    return DocumentError(
        Diagnostic("invalid-call", Severity.ERROR, message, hint="install them: pip install 'bothends[server]'")
    )


def _generate(options: argparse.Namespace, messages: Messages, folder: Path) -> bool:
    from bothends.output.write import write_plan
    from bothends.pipeline import Session

    target = TargetConfig(options.spec, folder, _PACKAGE, ("schemas", "server"))
    session = Session(target, messages.report, text=spec_text(options.spec))
    try:
        write_plan(session.plan())
    except DocumentError as error:
        messages.diagnostics(session.resolver, error)
        return False
    messages.diagnostics(session.resolver)
    return True


def _serve(app: Any, options: argparse.Namespace, messages: Messages) -> int:
    import uvicorn

    config = uvicorn.Config(
        app, host=options.host, port=options.port, log_level="info" if options.verbose else "warning", lifespan="auto"
    )
    server = uvicorn.Server(config)
    listener = config.bind_socket()
    host, port = listener.getsockname()[:2]
    messages.line(f"serving {options.spec} on http://{host}:{port} (Ctrl-C ends it)")
    sys.stdout.flush()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        listener.close()
    return FINE
