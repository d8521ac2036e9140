"""Security schemes and requirements of the normal form to those of the model."""

from __future__ import annotations

from bothends.ir.declarations import Doc
from bothends.ir.operations import Requirement
from bothends.ir.security import ApiKey, HttpAuth, MutualTls, OAuth2, OAuthFlow, OpenIdConnect, Scheme
from bothends.lowering.context import Context
from bothends.spec import objects


def lower_schemes(document: objects.Document) -> tuple[Scheme, ...]:
    """Lower the security schemes of a document, sorted by key."""
    return tuple(_scheme(scheme) for scheme in sorted(document.security_schemes, key=lambda scheme: scheme.key))


def lower_security(operation: objects.Operation, context: Context) -> tuple[Requirement, ...]:
    """Return what an operation demands: its own alternatives, else those of the document."""
    alternatives = context.document.security if operation.security is None else operation.security
    known = {scheme.key for scheme in context.document.security_schemes}
    requirements: list[Requirement] = []
    for alternative in alternatives:
        for key, _ in alternative:
            if key not in known:
                message = f"security scheme {key!r} is not declared; nobody can satisfy the requirement"
                context.report.error("unresolved-reference", message, operation.location)
        requirements.append(Requirement(alternative))
    if requirements and all(not requirement.all_of for requirement in requirements):
        return ()
    return tuple(requirements)


def _scheme(scheme: objects.SecurityScheme) -> Scheme:
    doc = Doc(description=scheme.description)
    match scheme.kind:
        case "apiKey":
            return ApiKey(scheme.key, scheme.place, scheme.name, doc)
        case "http":
            return HttpAuth(scheme.key, scheme.scheme, scheme.bearer_format, doc)
        case "oauth2":
            return OAuth2(scheme.key, tuple(map(_flow, scheme.flows)), scheme.url, doc)
        case "openIdConnect":
            return OpenIdConnect(scheme.key, scheme.url, doc)
        case _:
            return MutualTls(scheme.key, doc)


def _flow(flow: objects.OAuthFlow) -> OAuthFlow:
    return OAuthFlow(
        kind=flow.kind,
        authorization_url=flow.authorization_url,
        token_url=flow.token_url,
        refresh_url=flow.refresh_url,
        device_url=flow.device_url,
        scopes=flow.scopes,
    )
