"""Digests of fetched documents, so that a document does not change unnoticed: the lock file ``bothends.lock``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Severity
from bothends.loading.data import is_mapping
from bothends.loading.places import shorten

LOCK_NAME: Final = "bothends.lock"
_FORMAT: Final = 1


class Pins:
    """What documents that were fetched before had for a digest, and what they have now.

    ``known`` maps URLs to digests. ``add``: documents that are not among them are pinned from now on, else they
    are refused; ``renew``: so are those that have changed. ``used`` is what was fetched with these pins.
    """

    def __init__(self, known: Mapping[str, str], *, add: bool = True, renew: bool = False) -> None:
        self.known = dict(known)
        self.used: dict[str, str] = {}
        self._add = add
        self._renew = renew

    def check(self, url: str, source: bytes, place: Location) -> None:
        """Compare a document with its pin; :class:`DocumentError` where it may not be read."""
        digest = sha256(source).hexdigest()
        pinned = self.known.get(url)
        self.used[url] = digest
        if self._renew or digest == pinned:
            return
        if pinned is not None:
            message = f"{shorten(url)} has changed since it was pinned: its digest is {digest[:12]}, not {pinned[:12]}"
            hint = "look at what changed, then run `bothends generate --update`"
            raise DocumentError(Diagnostic("changed-document", Severity.ERROR, message, place, hint))
        if not self._add:
            message = f"{shorten(url)} is not pinned in {LOCK_NAME}"
            hint = "run `bothends generate`, and commit the lock file"
            raise DocumentError(Diagnostic("unpinned-document", Severity.ERROR, message, place, hint))


def read_lock(path: Path) -> dict[str, str]:
    """Return the digests of a lock file by URL; none where there is no file. Raises :class:`DocumentError`."""
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        if not is_mapping(content) or content.get("format") != _FORMAT or not is_mapping(content.get("documents")):
            raise ValueError("it is no lock file of this version")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read: {getattr(error, 'strerror', None) or error}"
        hint = "delete it, and run `bothends generate`"
        raise DocumentError(
            Diagnostic("invalid-configuration", Severity.ERROR, message, Location(str(path)), hint)
        ) from None
    return {url: str(digest) for url, digest in content["documents"].items()}


def lock_text(pins: Mapping[str, str]) -> str:
    """Return the text of a lock file: sorted, one document a line."""
    return json.dumps({"format": _FORMAT, "documents": dict(sorted(pins.items()))}, indent=2) + "\n"
