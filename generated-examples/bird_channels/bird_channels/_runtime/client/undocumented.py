"""Calls that the document does not have, described on the spot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import ConfigurationError
from ..operation import Binary, Body, Json, Media, Operation, Returns
from .security import Credentials

_METHOD = re.compile(r"[A-Z][A-Z0-9_-]*")
_PATH = re.compile(r"/(?!/)[!$&-;=?-Z_a-z~%@]*")


def undocumented(
    credentials: Credentials,
    method: str,
    path: str,
    returns: Any,
    json: Any,
    content: Any,
    security: Sequence[str] | None,
) -> tuple[Operation[Any], Any]:
    """Return an operation for a method and a path, and its body."""
    method = method.upper()
    if not _METHOD.fullmatch(method):
        raise ConfigurationError("the method is not the name of an HTTP method")
    if not _PATH.fullmatch(path) or any(
        part in (".", "..") for part in path.partition("?")[0].split("/")
    ):
        raise ConfigurationError(
            "the path must begin with one slash, be percent-encoded and hold no '..'"
        )
    body, value = _body(json, content)
    answers: tuple[Media, ...] = (
        (Binary("*/*"),) if returns is bytes else (Json(returns), Json(returns, "*/*"))
    )
    operation: Operation[Any] = Operation(
        key=f"{method} {path.partition('?')[0]}",
        method=method,
        path=path,
        body=body,
        returns=()
        if returns is None
        else (Returns(status="2XX", media=answers), Returns(status=204)),
        security=_security(credentials, security),
    )
    return operation, value


def _body(json: Any, content: Any) -> tuple[Body | None, Any]:
    if json is not None and content is not None:
        raise ConfigurationError("give json or content, not both")
    if content is not None:
        return Body((Binary("*/*"),)), content
    return (Body((Json(Any),)), json) if json is not None else (None, None)


def _security(
    credentials: Credentials, names: Sequence[str] | None
) -> tuple[Mapping[str, tuple[str, ...]], ...]:
    if names is not None:
        unknown = [name for name in names if name not in credentials.schemes]
        if unknown:
            raise ConfigurationError(
                f"no scheme {unknown[0]!r}; there are {sorted(credentials.schemes)}"
            )
        return (dict.fromkeys(names, ()),) if names else ()
    found = next((key for key in credentials.schemes if credentials.find(key)), None)
    return ({found: ()},) if found is not None else ()
