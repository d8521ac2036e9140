"""A call from its arguments to its result, without doing anything itself.

Comes in: an operation, arguments, options. Goes out: steps for a driver (see
:mod:`.steps`), and at last the result, or an exception of our own tree.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from ..coding.problem import CodingError
from ..errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailed,
    DecodingError,
    StatusError,
    TimedOut,
)
from .call import Call, Core, Handed, View, resumed
from .digest import Digest
from .insight import Watch
from .options import check_retries, check_timeout
from .requests import Draft, build
from .responses import Answer, ApiResponse, decode_answer, decode_headers, read_head
from .retry import (
    LONGEST_WAIT,
    REPEATABLE_METHODS,
    REPEATABLE_STATUSES,
    backoff,
    wait_demanded,
    wait_in_body,
)
from .security import HttpDigest
from .servers import operation_base_url
from .steps import Close, Read, Send, Sleep, Step, Supply
from .tokens import TokenSource, obtain
from .transport import describe, failure_of

__all__ = ["Call", "Core", "Handed", "View", "resumed", "run"]

_log = logging.getLogger(__name__.partition("._runtime")[0])
# What is read of a failure that is looked into for when to come back.
_GLANCE = 64 * 1024


def run(core: Core, call: Call) -> Generator[Step, Any, Any]:
    """Make a call.

    The result is the value, an :class:`ApiResponse`, or what is handed on.
    """
    return _Run(core, call).until_done()


@dataclass(slots=True)
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
        self.answer: Any = None
        self.watch: Watch | None = None
        self.renewed: dict[str, Any] = {}
        self.challenged = False

    def until_done(self) -> Generator[Step, Any, Any]:
        """Make attempts until one stands."""
        while True:
            self.number += 1
            result = yield from self.attempted()
            if not isinstance(result, _Again):
                return result
            if result.wait > 0:
                yield Sleep(result.wait)

    def attempted(self) -> Generator[Step, Any, Any]:
        """Make one attempt. The result is that of the call, or that another is due."""
        sent, used = yield from self.authorized()
        self.answer = None
        settings = self.core.settings
        watch = Watch.begin(settings.hooks, self.call.operation, sent, self.number)
        self.watch = watch
        if watch is not None and watch.headers:
            sent = sent.with_headers(watch.headers)
        try:
            response, content = yield Send(
                sent, self.deadline, self.headed, settings.max_body_size
            )
        except BaseException as error:
            if self.answer is None and self.watch is not None:
                self.watch.broke(error)
            if not isinstance(error, Exception):
                raise
            again = self.after_failure(error)
            if again is None:
                raise
            return again
        answer: Answer = self.answer
        if answer.failed:
            return (yield from self.failed(response, answer, used, sent))
        self.core.budget.succeed()
        if content is not None:
            return self.result(answer, content)
        strict = self.call.options.get("strict_responses", settings.strict_responses)
        return Handed(
            response,
            answer,
            self.call.view,
            self.number,
            settings.max_body_size,
            strict,
        )

    def headed(self, response: Any) -> bool:
        """Take the head of a response, and tell whether to read its body at once."""
        answer = read_head(self.call.operation, response.status_code, response.headers)
        self.answer = answer
        if self.watch is not None:
            self.watch.answered(answer.status, answer.headers)
        return not (answer.failed or answer.streamed or self.call.view == "stream")

    def failed(
        self, response: Any, answer: Answer, used: Mapping[str, Any], sent: Draft
    ) -> Generator[Step, Any, Any]:
        """Make another attempt after a failure, or read the failure and raise it."""
        limit = self.core.settings.max_body_size
        content: bytes | None = None
        try:
            glanced = self.core.settings.retry_after_fields and answer.status == 429
            if glanced:
                most = _GLANCE if limit is None else min(limit, _GLANCE)
                content = yield from self.read_failure(response, answer, most)
            again = yield from self.after(answer, used, content)
        except BaseException:
            yield Close(response)
            raise
        if again is not None:
            yield Close(response)
            return again
        if content is None:
            content = yield from self.read_failure(response, answer, limit)
        return self.result(answer, content, sent)

    def read_failure(
        self, response: Any, answer: Answer, limit: int | None
    ) -> Generator[Step, Any, bytes]:
        """Return the body of a failure.

        None of it where it cannot be read: that would hide the failure itself.
        """
        try:
            content: bytes = yield Read(response, limit, self.deadline)
        except Exception as error:
            if failure_of(error) is None and not isinstance(error, DecodingError):
                raise
            _log.info("%s: the body of the failure is lost", answer.operation)
            return b""
        return content

    def authorized(self) -> Generator[Step, Any, tuple[Draft, dict[str, Any]]]:
        """Return the request with credentials, and those that were used, by scheme."""
        operation = self.call.operation
        credentials = self.core.credentials
        if not operation.security:
            return self.draft, {}
        chosen = credentials.choose(operation.security, self.draft, operation.key)
        if not chosen:
            return self.draft, {}
        sent = self.draft.copy()
        used: dict[str, Any] = {}
        for key, source in chosen.items():
            value = source
            if key in self.renewed:
                value = self.renewed[key]
            elif not isinstance(source, (str, tuple)):
                value = yield from self.supplied(key, source)
            scheme = credentials.schemes[key]
            if isinstance(scheme, HttpDigest):
                value = credentials.digest(key, value)
            used[key] = value
            scheme.apply(sent, value)
        return sent, used

    def supplied(self, key: str, source: Any) -> Generator[Step, Any, Any]:
        """Return what a source of credentials gives."""
        if isinstance(source, TokenSource):
            scheme = self.core.credentials.schemes[key]
            endpoint = getattr(scheme, "token_url", ""), getattr(scheme, "url", "")
            began = time.monotonic()
            token = yield from obtain(source, endpoint, self.scopes(key), self.deadline)
            if source.interactive and self.deadline is not None:
                # The time that a person takes is not that of the call.
                self.deadline += time.monotonic() - began
            return token
        return (yield Supply(source)) if callable(source) else source

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
        if isinstance(error, DecodingError) and self.answer is not None:
            raise self.answer.problem(error.reason) from error
        failure = failure_of(error)
        if failure is None:
            return None
        if failure.kind == "url":
            raise ConfigurationError(f"{key}: the URL cannot be used") from error
        made: ApiError
        if failure.kind == "timeout":
            within = f" within {self.timeout:g} s" if self.timeout is not None else ""
            made = TimedOut(f"{key}: no whole answer{within}")
        else:
            made = ConnectionFailed(f"{key}: {describe(error, failure)}")
        made.operation = key
        wait = self.backoff()
        repeatable = not failure.lasting and self.repeatable(unsent=failure.unsent)
        if not repeatable or not self.affordable(wait):
            raise made from error
        return _Again(wait)

    def after(
        self, answer: Answer, used: Mapping[str, Any], content: bytes | None
    ) -> Generator[Step, Any, _Again | None]:
        """Return when another attempt is due. None: the answer stands."""
        if answer.status == 401:
            if self.challenges(answer, used) or (yield from self.renews(used)):
                return _Again(0.0)
            return None
        if answer.status not in REPEATABLE_STATUSES:
            return None
        settings = self.core.settings
        demanded = wait_demanded(answer.headers, settings.rate_limit_headers)
        if demanded is None and content:
            demanded = wait_in_body(content, settings.retry_after_fields)
        if demanded is not None and demanded > LONGEST_WAIT:
            return None
        wait = self.backoff() if demanded is None else demanded
        if self.repeatable(unsent=False) and self.affordable(wait):
            return _Again(wait)
        return None

    def challenges(self, answer: Answer, used: Mapping[str, Any]) -> bool:
        """Tell whether a challenge can be answered that was not there before."""
        if self.challenged or not self.replayable:
            return False
        for value in used.values():
            if isinstance(value, Digest):
                self.challenged |= value.challenge(answer.headers)
        return self.challenged

    def renews(self, used: Mapping[str, Any]) -> Generator[Step, Any, bool]:
        """Tell whether there are other credentials than those refused.

        Asked once a call.
        """
        if self.renewed or not self.replayable:
            return False
        credentials = self.core.credentials
        for key, value in used.items():
            source = credentials.find(key)
            if isinstance(source, TokenSource):
                source.forget(value)
            elif not callable(source):
                continue
            self.renewed[key] = yield from self.supplied(key, source)
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

    def backoff(self) -> float:
        """Return how long to wait where no server says so."""
        if self.deadline is None:
            return backoff(self.number)
        return backoff(self.number, self.deadline - time.monotonic())

    def affordable(self, wait: float) -> bool:
        """Tell whether there is time and budget for another attempt."""
        if self.deadline is not None and time.monotonic() + wait >= self.deadline:
            return False
        return self.core.budget.take()

    def result(self, answer: Answer, content: bytes, sent: Draft | None = None) -> Any:
        """Return what the call returns, or raise."""
        settings = self.core.settings
        strict = self.call.options.get("strict_responses", settings.strict_responses)
        try:
            value, deviations = decode_answer(answer, content, strict=strict)
        except StatusError as error:
            if sent is not None:
                error.message = sent.redact(error.message)
            raise
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
