"""Audiences and the messages sent to them, in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS audiences (
  page_id TEXT NOT NULL,
  audience_id TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (page_id, audience_id)
);
CREATE TABLE IF NOT EXISTS versions (
  audience_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  version_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (audience_id, number)
);
CREATE TABLE IF NOT EXISTS messages (
  audience_id TEXT NOT NULL,
  client_message_id TEXT NOT NULL,
  message TEXT NOT NULL,
  sent_by TEXT NOT NULL,
  PRIMARY KEY (audience_id, client_message_id)
);
"""


class DuplicateMessageError(Exception):
    """A message with this id was sent before, with another text."""


class Database:
    """One connection, used by one thread at a time."""

    def __init__(self, file: Path) -> None:
        self._lock = Lock()
        self._connection = sqlite3.connect(file, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.executescript(_TABLES)

    def add_audience(self, page_id: str, audience_id: str, name: str) -> None:
        """Add a published audience with a first version."""
        now = timestamp()
        values = (page_id, audience_id, name, "published", now)
        self._write("INSERT OR IGNORE INTO audiences VALUES (?, ?, ?, ?, ?)", values)
        version = (audience_id, 1, f"version_{audience_id}_1", now)
        self._write("INSERT OR IGNORE INTO versions VALUES (?, ?, ?, ?)", version)

    def audience(self, page_id: str, audience_id: str) -> sqlite3.Row | None:
        """Return an audience of a page."""
        found = self._read("SELECT * FROM audiences WHERE page_id = ? AND audience_id = ?", (page_id, audience_id))
        return found[0] if found else None

    def latest_version(self, audience_id: str) -> sqlite3.Row:
        """Return the version that messages change."""
        return self._read("SELECT * FROM versions WHERE audience_id = ? ORDER BY number DESC LIMIT 1", (audience_id,))[
            0
        ]

    def add_message(self, audience_id: str, client_message_id: str, message: str, sent_by: str) -> None:
        """Keep a message; the same one again changes nothing. Raises DuplicateMessageError."""
        known = self._read(
            "SELECT message FROM messages WHERE audience_id = ? AND client_message_id = ?",
            (audience_id, client_message_id),
        )
        if known and known[0]["message"] != message:
            raise DuplicateMessageError
        self._write(
            "INSERT OR IGNORE INTO messages VALUES (?, ?, ?, ?)", (audience_id, client_message_id, message, sent_by)
        )

    def _read(self, statement: str, values: Sequence[Any]) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def _write(self, statement: str, values: Sequence[Any]) -> None:
        with self._lock, self._connection:
            self._connection.execute(statement, values)


def timestamp() -> str:
    """Return the time as the API writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
