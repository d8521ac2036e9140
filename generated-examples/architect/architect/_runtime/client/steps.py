"""What a call asks its driver to do.

A call is a generator that yields steps and is sent their results; the synchronous and
the asynchronous client drive the same generators.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from .oauth import ClientCredentials
    from .requests import Draft


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request; the result is the response, its body not read."""

    draft: Draft
    deadline: float | None


@dataclass(frozen=True, slots=True)
class Read:
    """Read the body of a response and close it; the result is the octets."""

    response: Any
    limit: int | None
    deadline: float | None


@dataclass(frozen=True, slots=True)
class Close:
    """Close a response whose body nobody reads."""

    response: Any


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Supply:
    """Call a function.

    The result is what it returns, awaited where the client is asynchronous.
    """

    function: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Acquire:
    """Take the lock of a token."""

    source: ClientCredentials


@dataclass(frozen=True, slots=True)
class Release:
    """Give the lock of a token back."""

    source: ClientCredentials


Step: TypeAlias = Send | Read | Close | Sleep | Supply | Acquire | Release
