"""Shows both ends at work: generates the Architect package, serves it, and calls it over HTTP."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SPEC = ROOT / "specs/architect-customer-api/openapi.yaml"


def main() -> None:
    """Generate, serve, call, and say what happened."""
    with tempfile.TemporaryDirectory() as folder:
        bothends("generate", str(SPEC), "-o", f"{folder}/architect")
        sys.path.insert(0, folder)
        import architect  # type: ignore[import-not-found]  # generated a moment ago

        with served() as url:
            call(architect, url)


def call(architect: Any, url: str) -> None:
    """Call both operations through the generated client, and provoke an error."""
    with architect.Client(api_key="a-key", base_url=url) as client:
        audience = client.audiences.get_audience("page_1", "audience_1")
        print(f"getAudience           -> {type(audience).__name__} created {audience.created_at:%Y-%m-%d}")
        message = architect.schemas.CreateMessageRequest(message="Make the title shorter.")
        accepted = client.audience_messages.send_audience_message("page_1", "audience_1", body=message)
        print(f"sendAudienceMessage   -> {type(accepted).__name__} accepted={accepted.accepted}")
        try:
            client.audiences.get_audience("page_1", "nowhere", extra_headers={"Prefer": "code=404"})
        except architect.errors.NotFound as error:
            print(f"getAudience, unknown  -> {type(error).__name__}: {error.body.detail}")
        path = "/v0/pages/page_1/audiences/audience_1/messages"
        try:  # past the client's own validation, to see the server's
            client.request("POST", path, json={"message": ""})
        except architect.errors.StatusError as error:
            print(f"a message of no text  -> {error.status}: {error.body['detail']}")


@contextmanager
def served() -> Iterator[str]:
    """Serve the document as a mock in a process of its own; yield its URL."""
    command = [sys.executable, "-m", "bothends", "serve", str(SPEC), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            print(line, end="")
            found = re.search(r"http://\S+", line)
            if not found:
                raise SystemExit("the server did not start")
            yield found[0]
        finally:
            process.terminate()


def bothends(*arguments: str) -> None:
    """Run the command line."""
    subprocess.run([sys.executable, "-m", "bothends", *arguments], check=True)


if __name__ == "__main__":
    main()
