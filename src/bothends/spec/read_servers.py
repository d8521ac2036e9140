"""In come the servers of OpenAPI 3, out come those of the normal form; relative URLs of files stay relative."""

from __future__ import annotations

from urllib.parse import urljoin

from bothends.loading.cursor import Cursor
from bothends.loading.fetch import is_remote
from bothends.spec.context import Context
from bothends.spec.objects import Server, ServerVariable


def read_servers(context: Context, owner: Cursor) -> tuple[Server, ...]:
    """Read the ``servers`` of a document, a path item or an operation; none where there are none."""
    servers = context.array(owner, "servers") if "servers" in owner.value else None
    places = map(context.enter, servers.elements()) if servers else ()
    found = [_server(context, place) for place in places if context.expect_mapping(place)]
    return tuple(server for server in found if server is not None)


def _server(context: Context, place: Cursor) -> Server | None:
    report = context.report
    url = place.string("url", report)
    if not url and "url" not in place.value:
        report.warning("missing-field", "a server must have a 'url'; it was left out", place.location)
        return None
    variables = context.mapping(place, "variables") if "variables" in place.value else None
    found = [
        _variable(context, name, variable)
        for name, variable in (variables.items() if variables else ())
        if context.expect_mapping(variable)
    ]
    name, description = place.string("name", report), place.string("description", report)
    return Server(served(context, place, url), tuple(found), name, description)


def served(context: Context, place: Cursor, url: str) -> str:
    """Return the URL of a server: a relative one is relative to where the document was fetched (3.2, 4.5.3).

    That of a document that was read from a file stays relative.
    """
    base = context.resolver.retrieved(place.document)
    return urljoin(base, url) if is_remote(base) and not url.startswith("{") else url


def _variable(context: Context, name: str, place: Cursor) -> ServerVariable:
    report = context.report
    values = context.array(place, "enum") if "enum" in place.value else None
    allowed = tuple(_text(value.value) for value in (values.elements() if values else ()))
    default = place.value.get("default")
    if not isinstance(default, str):
        message = f"server variable {name!r} must have a 'default' that is a string"
        report.warning("missing-field" if default is None else "wrong-type", message, place.location)
    text = _text(default) if default is not None else next(iter(allowed), "")
    return ServerVariable(name, text, allowed, place.string("description", report))


def _text(value: object) -> str:
    """Return a value as it stands in a URL: numbers and booleans are often written without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""
