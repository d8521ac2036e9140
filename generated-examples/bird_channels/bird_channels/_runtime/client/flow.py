"""A call from its arguments to its result, without doing anything itself.

Comes in: an operation, arguments, options. Goes out: steps for a driver (see
:mod:`.steps`), and at last the result, or an exception of our own tree.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from ..coding.problem import CodingError
from ..errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailed,
    DecodingError,
    StatusError,
    TimedOut,
)
from ..operation import Operation
from .hooks import Attempt, Outcome
from .oauth import ClientCredentials, access_token
from .options import CallOptions, Settings, check_retries, check_timeout
from .requests import Draft, build
from .responses import Answer, ApiResponse, decode_answer, decode_headers, read_head
from .retry import (
    LONGEST_WAIT,
    REPEATABLE_METHODS,
    REPEATABLE_STATUSES,
    RetryBudget,
    backoff,
    wait_demanded,
)
from .security import Credentials, OAuth2
from .servers import operation_base_url
from .steps import Close, Read, Send, Sleep, Step, Supply
from .transport import failure_of

View: TypeAlias = Literal["value", "response", "stream"]

_log = logging.getLogger(__name__.partition("._runtime")[0])


@dataclass(frozen=True, slots=True)
class Core:
    """What all calls of a client share."""

    settings: Settings
    credentials: Credentials
    budget: RetryBudget


@dataclass(frozen=True, slots=True)
class Handed:
    """A response whose body the caller reads: the driver wraps it in a stream."""

    response: Any
    answer: Answer
    view: View
    attempts: int


@dataclass(frozen=True, slots=True)
class Call:
    """What a method was called with. ``body``: None where there is none."""

    operation: Operation[Any]
    arguments: Mapping[str, Any]
    options: CallOptions
    body: Any = None
    view: View = "value"


def run(core: Core, call: Call) -> Generator[Step, Any, Any]:
    """Make a call.

    The result is the value, an :class:`ApiResponse`, or what is handed on.
    """
    return _Run(core, call).until_done()


@dataclass(frozen=True, slots=True)
class _Again:
    """Another attempt is due, after a wait."""

    wait: float


class _Run:
    """The attempts of one call."""

    def __init__(self, core: Core, call: Call) -> None:
        operation, options, settings = call.operation, call.options, core.settings
        self.core = core
        self.call = call
        timeout = (
            check_timeout(options["timeout"])
            if "timeout" in options
            else settings.timeout
        )
        self.timeout = timeout
        self.deadline = None if timeout is None else time.monotonic() + timeout
        retries = options.get("max_retries")
        self.retries = (
            settings.max_retries if retries is None else check_retries(retries)
        )
        base_url = settings.base_url
        if operation.servers and not settings.overrides_servers:
            base_url = operation_base_url(base_url, operation.servers)
        if "://" not in base_url:
            raise ConfigurationError(
                f"{operation.key}: no base_url, and the document names no whole one"
            )
        self.draft = build(
            operation, call.arguments, call.body, options, settings, base_url
        )
        self.number = 0
        self.renewed: dict[str, Any] = {}

    def until_done(self) -> Generator[Step, Any, Any]:
        """Make attempts until one stands."""
        while True:
            self.number += 1
            result = yield from self.attempted()
            if not isinstance(result, _Again):
                return result
            yield Sleep(result.wait)

    def attempted(self) -> Generator[Step, Any, Any]:
        """Make one attempt. The result is that of the call, or that another is due."""
        sent, used = yield from self.authorized()
        attempt = self.begun()
        started = time.monotonic()
        try:
            response = yield Send(sent, self.deadline)
        except Exception as error:
            self.ended(Outcome(attempt, time.monotonic() - started, error=error))
            again = self.after_failure(error)
            if again is None:
                raise
            return again
        elapsed = time.monotonic() - started
        try:
            status, headers = response.status_code, response.headers
            self.ended(Outcome(attempt, elapsed, status, headers))
            answer = read_head(self.call.operation, status, headers)
            again = (yield from self.after(answer, used)) if answer.failed else None
        except BaseException:
            yield Close(response)
            raise
        if again is not None:
            yield Close(response)
            return again
        return (yield from self.finished(response, answer, sent))

    def finished(
        self, response: Any, answer: Answer, sent: Draft
    ) -> Generator[Step, Any, Any]:
        """Read the body, or hand it on."""
        if not answer.failed and (answer.streamed or self.call.view == "stream"):
            self.core.budget.succeed()
            return Handed(response, answer, self.call.view, self.number)
        limit = self.core.settings.max_body_size
        try:
            content: bytes = yield Read(response, limit, self.deadline)
        except DecodingError as error:
            raise answer.problem(error.reason) from error
        except Exception as error:
            again = self.after_failure(error)
            if again is None:
                raise
            return again
        return self.result(answer, content, sent)

    def authorized(self) -> Generator[Step, Any, tuple[Draft, dict[str, Any]]]:
        """Return the request with credentials, and those that were used, by scheme."""
        operation = self.call.operation
        credentials = self.core.credentials
        chosen = credentials.choose(operation.security, self.draft, operation.key)
        if not chosen:
            return self.draft, {}
        sent = self.draft.copy()
        used: dict[str, Any] = {}
        for key, source in chosen.items():
            scheme = credentials.schemes[key]
            value = source
            if key in self.renewed:
                value = self.renewed[key]
            elif isinstance(source, ClientCredentials):
                url = scheme.token_url if isinstance(scheme, OAuth2) else ""
                value = yield from access_token(
                    source, url, self.scopes(key), self.deadline
                )
            elif callable(source):
                value = yield Supply(source)
            used[key] = value
            scheme.apply(sent, value)
        return sent, used

    def scopes(self, key: str) -> tuple[str, ...]:
        """Return the scopes that the operation asks of a scheme."""
        return next(
            (one[key] for one in self.call.operation.security if key in one), ()
        )

    def after_failure(self, error: Exception) -> _Again | None:
        """Return when another attempt is due, or raise for want of one.

        None: the exception is not the transport's, and none of ours stands for it.
        """
        key = self.call.operation.key
        if isinstance(error, CodingError):
            raise ConfigurationError(f"{key}: the body {error}") from error
        failure = failure_of(error)
        if failure is None:
            return None
        kind, unsent = failure
        if kind == "url":
            raise ConfigurationError(f"{key}: the URL cannot be used") from error
        made: ApiError
        if kind == "timeout":
            within = f" within {self.timeout:g} s" if self.timeout is not None else ""
            made = TimedOut(f"{key}: no whole answer{within}")
        else:
            what = "cannot connect" if kind == "connect" else "the connection failed"
            made = ConnectionFailed(f"{key}: {what} ({type(error).__name__})")
        made.operation = key
        wait = backoff(self.number)
        if not self.repeatable(unsent=unsent) or not self.affordable(wait):
            raise made from error
        return _Again(wait)

    def after(
        self, answer: Answer, used: Mapping[str, Any]
    ) -> Generator[Step, Any, _Again | None]:
        """Return when another attempt is due. None: the answer stands."""
        if answer.status == 401 and (yield from self.renews(used)):
            return _Again(0.0)
        if answer.status not in REPEATABLE_STATUSES:
            return None
        demanded = wait_demanded(answer.headers)
        if demanded is not None and demanded > LONGEST_WAIT:
            return None
        wait = backoff(self.number) if demanded is None else demanded
        if self.repeatable(unsent=False) and self.affordable(wait):
            return _Again(wait)
        return None

    def renews(self, used: Mapping[str, Any]) -> Generator[Step, Any, bool]:
        """Tell whether there are other credentials than those refused.

        Asked once a call.
        """
        if self.renewed or not self.replayable:
            return False
        credentials = self.core.credentials
        for key, value in used.items():
            source = credentials.find(key)
            if isinstance(source, ClientCredentials):
                source.forget(value)
                scheme = credentials.schemes[key]
                url = scheme.token_url if isinstance(scheme, OAuth2) else ""
                self.renewed[key] = yield from access_token(
                    source, url, self.scopes(key), self.deadline
                )
            elif callable(source):
                self.renewed[key] = yield Supply(source)
        return any(
            self.renewed.get(key) not in (None, value) for key, value in used.items()
        )

    @property
    def replayable(self) -> bool:
        """Whether the body can be sent again."""
        content = self.draft.content
        return content is None or isinstance(content, bytes) or content.replayable

    def repeatable(self, *, unsent: bool) -> bool:
        """Tell whether the request may be sent again."""
        if self.number > self.retries or not self.replayable:
            return False
        settings = self.core.settings
        return (
            unsent
            or settings.retry_every_method
            or self.call.operation.method in REPEATABLE_METHODS
            or self.draft.has_header(settings.idempotency_header)
        )

    def affordable(self, wait: float) -> bool:
        """Tell whether there is time and budget for another attempt."""
        if self.deadline is not None and time.monotonic() + wait >= self.deadline:
            return False
        return self.core.budget.take()

    def begun(self) -> Attempt:
        operation = self.call.operation
        attempt = Attempt(operation.key, operation.method, operation.path, self.number)
        hooks = self.core.settings.hooks
        if hooks is not None and hooks.on_request is not None:
            hooks.on_request(attempt)
        return attempt

    def ended(self, outcome: Outcome) -> None:
        attempt, hooks = outcome.attempt, self.core.settings.hooks
        if _log.isEnabledFor(logging.DEBUG):
            result = (
                outcome.status
                if outcome.error is None
                else type(outcome.error).__name__
            )
            _log.debug(
                "%s (%s %s), attempt %d: %s after %.3f s",
                attempt.operation,
                attempt.method,
                attempt.path,
                attempt.number,
                result,
                outcome.elapsed,
            )
        if hooks is not None and hooks.on_response is not None:
            hooks.on_response(outcome)

    def result(self, answer: Answer, content: bytes, sent: Draft) -> Any:
        """Return what the call returns, or raise."""
        settings = self.core.settings
        strict = self.call.options.get("strict_responses", settings.strict_responses)
        try:
            value, deviations = decode_answer(answer, content, strict=strict)
        except StatusError as error:
            error.message = sent.redact(error.message)
            raise
        self.core.budget.succeed()
        if deviations:
            _log.info(
                "%s: the answer deviates from the document: %s",
                answer.operation,
                "; ".join(deviations),
            )
        if self.call.view == "value":
            return value
        documented = answer.documented
        return ApiResponse(
            value,
            answer.status,
            answer.headers,
            content,
            answer.request_id,
            self.number,
            deviations,
            decode_headers(documented.headers, answer.headers) if documented else {},
        )
