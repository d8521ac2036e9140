"""A certificate for this machine, which nobody else trusts, and its key: for tests only."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

CERTIFICATE = Path(__file__).with_name("localhost.pem")


def server_context(monkeypatch: pytest.MonkeyPatch | None = None) -> ssl.SSLContext:
    """Return a context for a server; given ``monkeypatch``, clients of this test trust it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    if monkeypatch is not None:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    return context
