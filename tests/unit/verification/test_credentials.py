"""Credentials that verification hands to a client."""

from __future__ import annotations

import json
from pathlib import Path

from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.pipeline import Session
from bothends.verification.drive import credentials

SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "login": {"type": "http", "scheme": "Basic"},
    "digest": {"type": "http", "scheme": "digest"},
    "token": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/t", "scopes": {}}}},
    "certificate": {"type": "mutualTLS"},
}


def test_there_is_one_for_each_argument_of_the_kind_that_it_takes(tmp_path: Path) -> None:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "paths": {},
        "components": {"securitySchemes": SCHEMES},
    }
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document))
    understood = Session(TargetConfig(str(path), tmp_path / "x", "x"), Report()).understand()
    login = ("user", "secret")
    expected = {"key": "secret", "login": login, "digest": login, "token": "secret"}
    assert credentials(understood.api, understood.names) == expected
