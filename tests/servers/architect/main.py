"""A server for the Architect document as a team would write it: handlers, a database, an API key.

``python main.py FOLDER SECRET``, with the generated package ``architect`` on the path of modules; the database lies in
the folder.
"""

from __future__ import annotations

import socket
import sys
import uuid
from pathlib import Path
from typing import Any

import uvicorn
from architect import errors, schemas, server
from database import Database, DuplicateMessageError


class Handlers(server.Handlers):
    """The API over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get_audience(self, *, page_id: str, audience_id: str) -> schemas.PostAudience:
        found = self._audience(page_id, audience_id)
        version = self._version(audience_id)
        return schemas.PostAudience(
            action_form_id_override=None,
            action_form_instructions_override=None,
            action_url_override=None,
            archived_at=None,
            audience_id=audience_id,
            computed_name=found["name"],
            created_at=found["created_at"],
            custom_name=None,
            effective_name=found["name"],
            flags=[],
            is_new_page_agent=False,
            latest_version=version,
            page_id=page_id,
            person_id=None,
            person_route_key=None,
            published_version=version,
            status=schemas.PostAudienceStatus(found["status"]),
            supplementary_context=None,
        )

    async def send_audience_message(
        self, *, page_id: str, audience_id: str, body: schemas.CreateMessageRequest
    ) -> schemas.PostMessage:
        self._audience(page_id, audience_id)
        message_id = body.client_message_id or uuid.uuid4().hex
        sender = server.Context.current().principal
        try:
            self._database.add_message(audience_id, message_id, body.message, sender)
        except DuplicateMessageError:
            raise errors.Conflict(error(409, "CONFLICT", "The message was sent before, with another text")) from None
        version = self._database.latest_version(audience_id)["version_id"]
        return schemas.PostMessage(
            accepted=True, audience_id=audience_id, client_message_id=message_id, version_id=version
        )

    def _audience(self, page_id: str, audience_id: str) -> Any:
        found = self._database.audience(page_id, audience_id)
        if found is None:
            raise errors.NotFound(error(404, "NOT_FOUND", "There is no such audience"))
        return found

    def _version(self, audience_id: str) -> schemas.PostVersion:
        found = self._database.latest_version(audience_id)
        return schemas.PostVersion(
            archived_at=None,
            audience_id=audience_id,
            became_draft_at=None,
            cancelled_at=None,
            created_at=found["created_at"],
            is_new_page_agent=False,
            obsolete_at=None,
            published_at=found["created_at"],
            queue_duration_ms=None,
            queued_at=None,
            status=schemas.PostVersionStatus.PUBLISHED,
            supplementary_context=None,
            version_id=found["version_id"],
            version_number=found["number"],
        )


def error(status: int, code: str, detail: str) -> schemas.Error:
    """Return an error as the document has it."""
    return schemas.Error(
        code=schemas.ErrorCode(code),
        detail=detail,
        request_id=f"req_{uuid.uuid4().hex}",
        status=status,
        title=detail,
        type=f"https://api.tryarchitect.com/errors/{code.lower()}",
    )


class ApiKeys:
    """Who calls, by the key."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    async def __call__(self, credentials: server.Credentials, requirement: Any) -> str | None:
        return "owner" if credentials["apiKey"].matches(self._secret) else None


def main(folder: Path, secret: str) -> None:
    """Serve on a free port, and print where."""
    database = Database(folder / "architect.sqlite")
    for number in range(3):
        database.add_audience("0", str(number), f"Audience {number}")
    app = server.create_app(Handlers(database), authenticate=ApiKeys(secret))
    config = uvicorn.Config(app, log_level="warning")
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)  # noqa: T201
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
