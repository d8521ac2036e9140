"""What a call asks its driver to do.

A call is a generator that yields steps and is sent their results; the synchronous and
the asynchronous client drive the same generators.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from .requests import Draft
    from .tokens import TokenSource


@dataclass(slots=True)
class Send:
    """Send a request; the result is the response, and its octets where they are read.

    ``headed`` is told the response when its head is there, and says whether to read the
    body at once, up to ``limit`` octets.
    """

    draft: Draft
    deadline: float | None
    headed: Callable[[Any], bool]
    limit: int | None


@dataclass(slots=True)
class Read:
    """Read the body of a response and close it; the result is the octets."""

    response: Any
    limit: int | None
    deadline: float | None


@dataclass(slots=True)
class Close:
    """Close a response whose body nobody reads."""

    response: Any


@dataclass(slots=True)
class Sleep:
    """Wait."""

    seconds: float


@dataclass(slots=True)
class Supply:
    """Call a function.

    The result is what it returns, awaited where the client is asynchronous.
    """

    function: Callable[[], Any]


@dataclass(slots=True)
class Acquire:
    """Take the lock of a token, before the deadline."""

    source: TokenSource
    deadline: float | None


@dataclass(slots=True)
class Release:
    """Give the lock of a token back."""

    source: TokenSource


Step: TypeAlias = Send | Read | Close | Sleep | Supply | Acquire | Release
