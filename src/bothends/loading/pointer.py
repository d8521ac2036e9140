"""JSON Pointers (RFC 6901): text in, tokens out, and back."""

from __future__ import annotations


def parse(pointer: str) -> tuple[str, ...]:
    """Split a pointer into its unescaped tokens; the empty pointer has none. ``ValueError`` where it is not one."""
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"{pointer!r} is not a JSON pointer")
    if "~" not in pointer:
        return tuple(pointer[1:].split("/"))
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


def join(pointer: str, *tokens: str | int) -> str:
    """Append tokens to a pointer."""
    return pointer + "".join(f"/{escape(str(token))}" for token in tokens)


def escape(token: str) -> str:
    """Escape one token."""
    if "~" in token or "/" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


def parent(pointer: str) -> str:
    """Return the pointer to what contains the value; the empty pointer contains itself."""
    return pointer[: pointer.rindex("/")] if pointer else ""
