"""Where the mock keeps what was created: in memory, or in a file of SQLite.

Comes in: JSON objects under the path of their collection and an id. Goes out: the same,
in the order in which they were created.
"""

from __future__ import annotations

import json
import sqlite3
from threading import Lock
from typing import Any

_TABLE = """
CREATE TABLE IF NOT EXISTS resources (
  number INTEGER PRIMARY KEY,
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  content TEXT,
  UNIQUE (collection, id)
)
"""


class Store:
    """Resources by collection and id. A deleted one leaves its id behind."""

    def __init__(self, file: str = ":memory:") -> None:
        # Requests come from the threads of an event loop, one at a time.
        self._lock = Lock()
        self._database = sqlite3.connect(
            file, check_same_thread=False, isolation_level=None
        )
        self._run(_TABLE)

    def put(self, collection: str, id: str, content: dict[str, Any]) -> None:
        """Keep a resource, in the place of the one with its id."""
        self._run(
            "INSERT INTO resources (collection, id, content) VALUES (?, ?, ?)"
            " ON CONFLICT (collection, id) DO UPDATE SET content = excluded.content",
            collection,
            id,
            json.dumps(content),
        )

    def get(self, collection: str, id: str) -> dict[str, Any] | None:
        """Return a resource, or None."""
        found = self._run(
            "SELECT content FROM resources WHERE collection = ? AND id = ?",
            collection,
            id,
        )
        return json.loads(found[0][0]) if found and found[0][0] is not None else None

    def all(self, collection: str) -> list[dict[str, Any]]:
        """Return the resources of a collection, the oldest first."""
        found = self._run(
            "SELECT content FROM resources"
            " WHERE collection = ? AND content IS NOT NULL ORDER BY number",
            collection,
        )
        return [json.loads(content) for (content,) in found]

    def delete(self, collection: str, id: str) -> None:
        """Delete a resource and what lies below it."""
        self._run(
            "UPDATE resources SET content = NULL WHERE collection = ? AND id = ?",
            collection,
            id,
        )
        below = f"{collection}/{id}/"
        self._run(
            "UPDATE resources SET content = NULL WHERE substr(collection, 1, ?) = ?",
            len(below),
            below,
        )

    def knew(self, collection: str, id: str) -> bool:
        """Tell whether there is, or was, a resource with the id."""
        return bool(
            self._run(
                "SELECT 1 FROM resources WHERE collection = ? AND id = ?",
                collection,
                id,
            )
        )

    def count(self, collection: str) -> int:
        """Return how many resources a collection has ever had."""
        found = self._run(
            "SELECT count(*) FROM resources WHERE collection = ?", collection
        )
        return int(found[0][0])

    def _run(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()
