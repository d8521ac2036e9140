"""What can be chosen about a server, apart from what the document says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import Any

from .failure import FailureError

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Limits and switches.

    ``max_body`` bounds what is read into memory, ``max_upload`` bodies of files and
    multipart; both in octets. ``body_timeout`` is how many seconds a body may take to
    arrive. ``describe_failure`` may replace the body of a failure:
    it is given the failure and the drafted body, and what it returns is sent if it is
    of the documented type. ``unknown_query``: whether parameters that the document
    does not name are accepted.

    ``health_path`` answers 200 as long as the process does. ``access_log`` writes a
    line of JSON for each request to the logger ``bothends.access``; it and
    ``telemetry`` (spans, where OpenTelemetry is installed) give each request an id,
    which failures name and ``X-Request-ID`` tells. ``cors_origins`` are the sites whose
    pages may call.

    For the mock: ``seed`` asks for other values. ``stateful``: what is created is there
    until it is deleted; with a ``database``, a file of SQLite, also after the end.
    ``latency`` in seconds, or between two bounds, passes before each answer. ``faults``
    are shares of the answers, such as ``{503: 0.1, "cut": 0.01}``; ``cut`` ends an
    answer before it is whole.
    """

    max_body: int = MEBIBYTE
    max_upload: int = 64 * MEBIBYTE
    body_timeout: float | None = 60.0
    validate_responses: bool = True
    unknown_query: bool = True
    describe_failure: Callable[[FailureError, Any], Any] | None = None
    document_path: str | None = "/openapi.json"
    docs_path: str | None = "/docs"
    health_path: str | None = None
    access_log: bool = False
    telemetry: bool = False
    cors_origins: tuple[str, ...] = ()
    seed: int = 0
    latency: float | tuple[float, float] = 0.0
    faults: Mapping[int | str, float] = field(default_factory=dict[int | str, float])
    stateful: bool = False
    database: str | PathLike[str] | None = None
