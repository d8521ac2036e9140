"""Security schemes to constructor arguments and to the expressions that describe them."""

from __future__ import annotations

from dataclasses import dataclass

from bothends.ir.security import ApiKey, HttpAuth, MutualTls, OAuth2, OpenIdConnect, Scheme
from bothends.naming.names import Names
from bothends.python.annotations import union
from bothends.python.code import Code, code, identifier, join, literal
from bothends.python.imports import Imports
from bothends.targets.client.views import CredentialView, SchemeView

_SECURITY = ".._runtime.client.security"


@dataclass(frozen=True, slots=True)
class Described:
    """A scheme as the client knows it: the class that describes it, its own arguments, and its credential's type."""

    kind: str
    arguments: tuple[Code, ...]
    credential: str | None


def scheme_view(scheme: Scheme, names: Names, environment: str, imports: Imports) -> SchemeView:
    """Return a scheme under its name in the document; ``environment``: what names of its variables begin with."""
    described = _described(scheme)
    argument = names.schemes[scheme.key]
    arguments = list(described.arguments)
    if described.credential is not None:
        arguments.append(code("argument={}", literal(argument)))
        arguments.append(code("environment={}", literal(f"{environment}_{argument.upper()}")))
    kind = imports.name(_SECURITY, described.kind)
    return SchemeView(literal(scheme.key), code("{}({})", kind, join(", ", arguments)))


def credential_view(scheme: Scheme, names: Names, imports: Imports, *, asynchronous: bool) -> CredentialView | None:
    """Return the constructor argument of a scheme, if it has a credential."""
    credential = _described(scheme).credential
    if credential is None:
        return None
    type_ = imports.name(_SECURITY, f"Async{credential}" if asynchronous else credential)
    name = names.schemes[scheme.key]
    return CredentialView(identifier(name), union([type_, code("None")]), literal(name))


def _described(scheme: Scheme) -> Described:
    match scheme:
        case ApiKey(place=place, name=name):
            arguments = (code("name={}", literal(name)), code("place={}", literal(place)))
            return Described("ApiKey", arguments, "Secret")
        case HttpAuth(scheme=spelled):
            return _http(spelled)
        case OAuth2(flows=flows):
            url = next((flow.token_url for flow in flows if flow.kind == "clientCredentials"), "")
            return Described("OAuth2", (code("token_url={}", literal(url)),) if url else (), "Token")
        case OpenIdConnect(url=url):
            return Described("OpenIdConnect", (code("url={}", literal(url)),), "Token")
        case MutualTls():
            return Described("MutualTls", (), None)


def _http(spelled: str) -> Described:
    match spelled.lower():
        case "basic":
            return Described("HttpBasic", (), "Login")
        case "digest":
            return Described("HttpDigest", (), "Login")
        case "bearer":
            return Described("HttpBearer", (), "Secret")
        case _:
            return Described("HttpScheme", (code("scheme={}", literal(spelled)),), "Secret")
