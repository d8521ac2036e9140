"""Drives a generated package against itself: every operation of the client against the mock of the server.

Deprecated operations are called too, without a word.
"""

from __future__ import annotations

import inspect
import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from bothends.ir.api import Api
from bothends.ir.security import HttpAuth, MutualTls, Scheme
from bothends.naming.names import Names
from bothends.verification.calls import Call, Calls, Uncallable
from bothends.verification.outcome import Outcome, Style

_EVENTS = 3  # of a stream that may never end


@dataclass(frozen=True, slots=True)
class _Streamed:
    """The first items of a stream."""

    items: list[Any]


def planned_calls(package: str, api: Api, names: Names) -> list[Call | Uncallable]:
    """Return the calls to make on a package that can be imported under ``package``."""
    module = import_module(package)
    folder = Path(str(module.__file__)).parent
    document: Mapping[str, Any] = json.loads((folder / "server" / "openapi.json").read_text(encoding="utf-8"))
    return list(Calls(package, api, names, document))


def credentials(api: Api, names: Names) -> dict[str, str | tuple[str, str]]:
    """Return an argument for each credential of a client; the mock takes whatever is well formed."""
    return {
        names.schemes[scheme.key]: ("user", "secret") if _is_login(scheme) else "secret"
        for scheme in api.schemes
        if not isinstance(scheme, MutualTls)
    }


def _is_login(scheme: Scheme) -> bool:
    return isinstance(scheme, HttpAuth) and scheme.scheme.lower() in ("basic", "digest")


def drive(package: str, client: Any, calls: list[Call | Uncallable]) -> Iterator[Outcome]:
    """Make every call with a synchronous client."""
    for call in calls:
        if isinstance(call, Uncallable):
            yield Outcome(call.operation, "sync", "arguments", call.reason)
            continue
        try:
            result = _begin(client, call)
            if _is_stream(package, result):
                with result as stream:
                    result = _Streamed(list(islice(stream, _EVENTS)))
        except Exception as error:  # whatever a client raises is an outcome to report
            yield _ended(package, call, "sync", error=error)
        else:
            yield _ended(package, call, "sync", result=result)


async def drive_async(package: str, client: Any, calls: list[Call | Uncallable]) -> list[Outcome]:
    """Make every call with an asynchronous client."""
    outcomes: list[Outcome] = []
    for call in calls:
        if isinstance(call, Uncallable):
            outcomes.append(Outcome(call.operation, "async", "arguments", call.reason))
            continue
        try:
            result = _begin(client, call)
            result = await result if inspect.isawaitable(result) else result
            if _is_stream(package, result):
                result = _Streamed(await _some(result))
        except Exception as error:  # whatever a client raises is an outcome to report
            outcomes.append(_ended(package, call, "async", error=error))
        else:
            outcomes.append(_ended(package, call, "async", result=result))
    return outcomes


def _begin(client: Any, call: Call) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return getattr(getattr(client, call.resource), call.method)(**call.arguments)


def _is_stream(package: str, result: Any) -> bool:
    streams = import_module(f"{package}._runtime.client.streams")
    return isinstance(result, (streams.Stream, streams.AsyncStream))


async def _some(result: Any) -> list[Any]:
    found: list[Any] = []
    async with result as stream:
        async for value in stream:
            found.append(value)
            if len(found) == _EVENTS:
                break
    return found


def _ended(package: str, call: Call, style: Style, *, result: Any = None, error: Exception | None = None) -> Outcome:
    problem = _error_problem(package, call, error) if error or call.error else _result_problem(package, call, result)
    return Outcome(call.operation, style, call.case, problem)


def _error_problem(package: str, call: Call, error: Exception | None) -> str:
    if call.error is None:
        return f"raised {type(error).__name__}: {error}"
    if error is None:
        return f"returned instead of raising {call.error.__name__}"
    if not isinstance(error, call.error):
        return f"raised {type(error).__name__} instead of {call.error.__name__}: {error}"
    body = getattr(error, "body", None)
    if call.types and not _is_one(package, body, call.types):
        return f"{type(error).__name__} carries {type(body).__name__}, which is not its documented body"
    return ""


def _result_problem(package: str, call: Call, result: Any) -> str:
    if result is None and not call.types and not call.items:
        return ""
    if isinstance(result, _Streamed):
        wrong = [item for item in result.items if not _is_one(package, item, call.items)]
        return f"yielded {type(wrong[0]).__name__}, which is not its documented type" if wrong else ""
    if not call.types:
        return f"returned {type(result).__name__} where no such body is documented"
    right = _is_one(package, _answer(package, result), call.types)
    return "" if right else f"returned {type(result).__name__}, which is not its documented type"


def _answer(package: str, result: Any) -> Any:
    """Return the answer that was made a page of, or the result itself."""
    pages = import_module(f"{package}._runtime.client.pagination")
    return result.value if isinstance(result, (pages.Page, pages.AsyncPage)) else result


def _is_one(package: str, value: Any, types: tuple[Any, ...]) -> bool:
    """Whether a Python value is of one of the types: a dict does not pass for a model."""
    adapter = import_module(f"{package}._runtime.adapters").adapter
    model = import_module(f"{package}._runtime.model").Model
    for type_ in types:
        if isinstance(value, bytes) and type_ is bytes:
            return True
        try:
            again = adapter(type_).validate_python(value)
        except ValueError:
            continue
        if isinstance(again, model) == isinstance(value, model):
            return True
    return False
