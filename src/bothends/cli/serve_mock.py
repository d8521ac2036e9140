"""The application that ``bothends serve`` serves: generated, imported, and made anew when its document changes."""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, MutableMapping
from itertools import count
from pathlib import Path
from typing import Any, Final

from bothends.cli.file_states import INTERVAL, file_states
from bothends.cli.invalid_call import invalid_call
from bothends.cli.messages import Messages
from bothends.cli.publishing import publish_package
from bothends.cli.targets import named_target, pins_of
from bothends.diagnostics.model import DocumentError

_PACKAGE: Final = "mock_of_document"
_NUMBERS: Final = count(1)


class Mock:
    """An ASGI application whose inside can be exchanged while it answers.

    ``folder`` is where packages are generated, and is on the path of modules.
    """

    def __init__(self, options: argparse.Namespace, messages: Messages, folder: Path) -> None:
        self._options = options
        self._messages = messages
        self._folder = folder
        self._settings = settings_of(options)
        self._inputs: tuple[Path, ...] = ()
        self._app: Any = None
        self._ended = threading.Event()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        """Answer as the newest document says."""
        await self._app(scope, receive, send)

    def make(self) -> bool:
        """Read the document and answer as it says; tell whether that was possible."""
        # Modules stay imported: each package has a name of its own.
        name = f"{_PACKAGE}_{next(_NUMBERS)}"
        if not self._generate(name):
            return False
        importlib.invalidate_caches()
        server = importlib.import_module(f"{name}.server")
        authenticate = server.Secrets(*self._options.credential) if self._options.credential else None
        self._app = server.create_app(authenticate=authenticate, settings=server.Settings(**self._settings))
        return True

    def follow(self) -> Callable[[], None]:
        """Begin to watch the files that were read; return what ends it."""
        watching = threading.Thread(target=self._watch, daemon=True)
        watching.start()

        def end() -> None:
            self._ended.set()
            watching.join()

        return end

    def _watch(self) -> None:
        before = file_states(self._inputs)
        while not self._ended.wait(INTERVAL):
            now = file_states(self._inputs)
            if now == before:
                continue
            read = self._inputs
            if self.make():
                self._messages.line("the document has changed, and is served anew")
            else:
                self._messages.line("the document has changed, and cannot be served: the one before still is")
            sys.stdout.flush()
            # What failed was read at the state before: look at it again only once it changes again.
            before = now if self._inputs == read else file_states(self._inputs)

    def _generate(self, name: str) -> bool:
        from bothends.pipeline import Session

        folder = self._folder / name
        try:
            found = named_target(self._options, self._options.spec, folder, name, ("schemas", "server"))
            pins = pins_of(found)
        except DocumentError as error:
            self._messages.diagnostics((), error=error)
            return False
        session = Session(found.targets[0], self._messages.report(), pins=pins)
        if not publish_package(session, self._messages):
            shutil.rmtree(folder, ignore_errors=True)
            return False
        self._inputs = tuple(self._files(one.name for one in session.resolver.documents()))
        return True

    def _files(self, names: Iterable[str]) -> Iterable[Path]:
        root = Path(self._options.spec)
        yield root
        yield from (root.parent / name for name in names)
        yield from (Path(overlay) for overlay in self._options.overlay)


def settings_of(options: argparse.Namespace) -> dict[str, Any]:
    """Return what the options say about the mock, as arguments of its ``Settings``. Raises DocumentError."""
    given: dict[str, Any] = {"seed": options.seed, "stateful": options.stateful, "database": options.database}
    if options.latency is not None:
        given["latency"] = _latency(options.latency)
    if options.faults is not None:
        given["faults"] = _faults(options.faults)
    return given


def _latency(text: str) -> tuple[float, float]:
    least, dash, most = text.partition("-")
    try:
        found = float(least), float(most if dash else least)
    except ValueError:
        found = (-1.0, -1.0)
    if not 0 <= found[0] <= found[1] <= 60:  # what a browser waits, more or less
        raise invalid_call(f"--latency {text}: not a number of seconds up to 60, nor two with a hyphen between them")
    return found


def _faults(text: str) -> dict[int | str, float]:
    found: dict[int | str, float] = {}
    for entry in text.split(","):
        name, _, share = (part.strip() for part in entry.partition("="))
        try:
            amount = float(share)
        except ValueError:
            amount = -1.0
        known = name == "cut" or (name.isdecimal() and 400 <= int(name) <= 599)
        if not known or not 0 <= amount <= 1:
            raise invalid_call(f"--faults {entry}: not a status of 400 to 599, or cut, with a share between 0 and 1")
        found[int(name) if name.isdecimal() else name] = amount
    return found
