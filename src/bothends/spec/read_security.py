"""In come security schemes and requirements of any version, out come those of the normal form.

Nothing here may make an operation less guarded than its document says: what cannot be understood is read as a secret
in the ``Authorization`` header.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from bothends.diagnostics.model import DocumentError
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_list, is_mapping
from bothends.loading.pointer import parse
from bothends.spec.context import Context
from bothends.spec.objects import OAuthFlow, SecurityScheme

Alternatives: TypeAlias = "tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]"

_KINDS: Final = frozenset({"apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"})
_FLOWS: Final = ("implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization")
_FLOWS_OF_2_0: Final = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def read_schemes(context: Context, root: Cursor) -> dict[str, SecurityScheme]:
    """Read the security schemes of a document."""
    owner: Cursor | None = root
    for field in context.dialect.security_schemes:
        owner = context.mapping(owner, field) if owner and field in owner.value else None
    found: dict[str, SecurityScheme] = {}
    for key, place in owner.items() if owner else ():
        target = context.follow(place)
        if target is not None:
            found[key] = _scheme(context, key, place, target)
    return found


def read_requirements(context: Context, owner: Cursor, schemes: dict[str, SecurityScheme]) -> Alternatives | None:
    """Read ``security``: ``None`` where it is absent. A scheme that nobody declares is added to ``schemes``."""
    if "security" not in owner.value:
        return None
    security = owner.child("security")
    found: list[tuple[tuple[str, tuple[str, ...]], ...]] = []
    for place in _alternatives(context, security):
        if isinstance(place.value, str):
            context.report.warning(
                "wrong-type", "a requirement must be a mapping; read as without scopes", place.location
            )
            found.append(((_declared(context, place.value, place, schemes), ()),))
        elif context.expect_mapping(place):
            found.append(tuple(_required(context, name, scopes, schemes) for name, scopes in place.items()))
    return tuple(found) if found or security.value == [] else None


def _alternatives(context: Context, security: Cursor) -> list[Cursor]:
    if is_list(security.value):
        return list(security.elements())
    message = "'security' must be a list of mappings"
    context.report.warning("wrong-type", message, security.location)
    return [security] if is_mapping(security.value) else []


def _required(
    context: Context, name: str, scopes: Cursor, schemes: dict[str, SecurityScheme]
) -> tuple[str, tuple[str, ...]]:
    return _declared(context, name, scopes, schemes), _strings(context, scopes)


def _declared(context: Context, name: str, place: Cursor, schemes: dict[str, SecurityScheme]) -> str:
    if name not in schemes and re.search("[/#]", name):
        name = _named_by_uri(context, name, place, schemes)
    if name not in schemes:
        message = f"security scheme {name!r} is not declared; read as a secret in the 'Authorization' header"
        context.report.warning("unresolved-reference", message, place.location)
        schemes[name] = _guarded(name, place)
    return name


def _named_by_uri(context: Context, uri: str, place: Cursor, schemes: dict[str, SecurityScheme]) -> str:
    """Return the name of a scheme that a requirement names by its URI (OpenAPI 3.2, 4.30), and read it if need be."""
    try:
        found = context.resolver.resolve(uri, place)
        target = context.resolver.follow(found)
    except DocumentError:
        return uri
    for key, scheme in schemes.items():
        if scheme.location == target.location:
            return key
    key = next(reversed(parse(found.pointer)), uri)
    key = uri if key in schemes else key
    if context.expect_mapping(target):
        schemes[key] = _scheme(context, key, found, target)
    return key


def _strings(context: Context, place: Cursor) -> tuple[str, ...]:
    if not is_list(place.value):
        context.report.warning("wrong-type", "scopes must be a list of strings", place.location)
    return tuple(scope.value for scope in place.elements() if isinstance(scope.value, str))


def _scheme(context: Context, key: str, place: Cursor, target: Cursor) -> SecurityScheme:
    report = context.report
    kind = target.string("type", report)
    description = context.description(place, target)
    if kind == "basic" and context.dialect.security_schemes == ("securityDefinitions",):
        return SecurityScheme(key, "http", target.location, scheme="basic", description=description)
    if kind not in _KINDS:
        message = f"{kind!r} is not a type of security scheme; read as a secret in the 'Authorization' header"
        report.warning("invalid-value", message, target.location, f"types are {', '.join(sorted(_KINDS))}")
        return _guarded(key, target, description)
    return SecurityScheme(
        key=key,
        kind=kind,
        location=target.location,
        place=_place(context, target) if kind == "apiKey" else "",
        name=_or_default(context, target, "name", "Authorization") if kind == "apiKey" else "",
        scheme=_or_default(context, target, "scheme", "bearer").strip() if kind == "http" else "",
        bearer_format=target.string("bearerFormat", report) if kind == "http" else "",
        url=target.string({"openIdConnect": "openIdConnectUrl"}.get(kind, "oauth2MetadataUrl"), report),
        flows=_flows(context, target) if kind == "oauth2" else (),
        description=description,
        deprecated=target.boolean("deprecated", report),
    )


def _guarded(key: str, place: Cursor, description: str = "") -> SecurityScheme:
    return SecurityScheme(key, "apiKey", place.location, place="header", name="Authorization", description=description)


def _place(context: Context, scheme: Cursor) -> str:
    place = scheme.string("in", context.report)
    if place in {"header", "query", "cookie"}:
        return place
    message = f"a key cannot be in {place!r}; read as one in a header" if place else "a key must have an 'in'"
    context.report.warning("invalid-value" if place else "missing-field", message, scheme.location)
    return "header"


def _or_default(context: Context, scheme: Cursor, field: str, default: str) -> str:
    found = scheme.string(field, context.report)
    if not found.strip():
        message = f"the security scheme has no {field!r}; read as {default!r}"
        context.report.warning("missing-field", message, scheme.location)
    return found if found.strip() else default


def _flows(context: Context, scheme: Cursor) -> tuple[OAuthFlow, ...]:
    report = context.report
    if context.dialect.security_schemes == ("securityDefinitions",):
        flow = scheme.string("flow", report)
        kind = _FLOWS_OF_2_0.get(flow, flow)
        if kind in _FLOWS:
            return (_flow(context, kind, scheme),)
        report.warning("invalid-value", f"{flow!r} is not an OAuth2 flow of OpenAPI 2.0", scheme.location)
        return ()
    flows = context.mapping(scheme, "flows")
    found: list[OAuthFlow] = []
    for kind, place in flows.items() if flows else ():
        if kind in _FLOWS and context.expect_mapping(place):
            found.append(_flow(context, kind, place))
        elif kind not in _FLOWS and not kind.startswith("x-"):
            report.warning("invalid-value", f"{kind!r} is not an OAuth2 flow; it was left out", place.location)
    return tuple(found)


def _flow(context: Context, kind: str, place: Cursor) -> OAuthFlow:
    report = context.report
    scopes: dict[str, str] = {}
    named = context.mapping(place, "scopes") if "scopes" in place.value else None
    for name, scope in named.items() if named else ():
        scopes[name] = scope.value if isinstance(scope.value, str) else ""
    return OAuthFlow(
        kind=kind,
        authorization_url=place.string("authorizationUrl", report),
        token_url=place.string("tokenUrl", report),
        refresh_url=place.string("refreshUrl", report),
        device_url=place.string("deviceAuthorizationUrl", report),
        scopes=tuple(scopes.items()),
    )
