"""``bothends serve``: the generated server as a mock, at once."""

from __future__ import annotations

import argparse
import importlib.util
import signal
import socket
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bothends.cli.exit_codes import FINE, PROBLEM
from bothends.cli.invalid_call import invalid_call
from bothends.cli.messages import Messages
from bothends.cli.serve_mock import Mock
from bothends.diagnostics.model import DocumentError


def run(options: argparse.Namespace) -> int:
    """Generate the server into a temporary folder and serve it until interrupted."""
    messages = Messages(options)
    missing = missing_modules("fastapi", "uvicorn")
    if missing:
        return messages.fail(missing)
    with _ended_like_ctrl_c(), tempfile.TemporaryDirectory(prefix="bothends-serve-") as folder:
        sys.path.insert(0, folder)
        try:
            mock = Mock(options, messages, Path(folder))
        except DocumentError as error:
            return messages.fail(error)
        if not mock.make():
            return messages.finish(PROBLEM)
        return _serve(mock, options, messages)


def missing_modules(*names: str) -> DocumentError | None:
    """Return what to say where the generated server's own dependencies are not installed, else None."""
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    if not missing:
        return None
    message = f"running the generated server needs {', '.join(missing)}"
    return invalid_call(message, "install them: pip install 'bothends[server]'")


def _serve(mock: Mock, options: argparse.Namespace, messages: Messages) -> int:
    import uvicorn

    try:
        listener = listen(options.host, options.port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        return messages.fail(invalid_call(f"cannot listen on {options.host}, port {options.port}: {reason}"))
    messages.finish(FINE)
    end = None
    server = uvicorn.Server(uvicorn.Config(mock, lifespan="off", log_level="info" if options.verbose else "warning"))
    try:
        messages.line(f"serving {options.spec} on {_url(listener)} (Ctrl-C ends it)")
        sys.stdout.flush()
        end = mock.follow() if options.reload else None
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        if end is not None:
            end()
        listener.close()
    return FINE


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens already: whoever is told its address can connect. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family)
    # asyncio does this for sockets that it makes itself; without it an answer waits 40 ms for its second packet.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


@contextmanager
def _ended_like_ctrl_c() -> Generator[None]:
    """Let a request to terminate end the process as Ctrl-C does, so that the temporary folder is removed."""
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
