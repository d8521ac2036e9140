"""Security schemes to the expressions that read their credentials."""

from __future__ import annotations

from bothends.ir.security import ApiKey, HttpAuth, MutualTls, OAuth2, OpenIdConnect, Scheme
from bothends.python.code import Code, code, literal
from bothends.python.imports import Imports
from bothends.targets.server.views import SchemeView

_RUNTIME = ".._runtime.server.security"


def scheme_view(scheme: Scheme, imports: Imports) -> SchemeView:
    """Return a scheme under its name in the document."""
    return SchemeView(literal(scheme.key), _value(scheme, imports))


def _value(scheme: Scheme, imports: Imports) -> Code:
    match scheme:
        case ApiKey(place=place, name=name):
            return code("{}({}, {})", imports.name(_RUNTIME, "ApiKey"), literal(name), literal(place))
        case HttpAuth(scheme=name):
            return code("{}({})", imports.name(_RUNTIME, "HttpScheme"), literal(name))
        case OAuth2() | OpenIdConnect():
            return code("{}()", imports.name(_RUNTIME, "BearerToken"))
        case MutualTls():
            return code("{}()", imports.name(_RUNTIME, "MutualTls"))
