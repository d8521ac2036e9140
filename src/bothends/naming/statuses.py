"""Statuses to words: names of error classes, and of inline types of responses."""

from __future__ import annotations

from bothends.ir.operations import Exact, Status, StatusRange

_PHRASES = {
    100: "Continue",
    101: "SwitchingProtocols",
    102: "Processing",
    103: "EarlyHints",
    200: "OK",
    201: "Created",
    202: "Accepted",
    203: "NonAuthoritativeInformation",
    204: "NoContent",
    205: "ResetContent",
    206: "PartialContent",
    207: "MultiStatus",
    208: "AlreadyReported",
    226: "IMUsed",
    300: "MultipleChoices",
    301: "MovedPermanently",
    302: "Found",
    303: "SeeOther",
    304: "NotModified",
    305: "UseProxy",
    307: "TemporaryRedirect",
    308: "PermanentRedirect",
    400: "BadRequest",
    401: "Unauthorized",
    402: "PaymentRequired",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    406: "NotAcceptable",
    407: "ProxyAuthenticationRequired",
    408: "RequestTimeout",
    409: "Conflict",
    410: "Gone",
    411: "LengthRequired",
    412: "PreconditionFailed",
    413: "ContentTooLarge",
    414: "URITooLong",
    415: "UnsupportedMediaType",
    416: "RangeNotSatisfiable",
    417: "ExpectationFailed",
    418: "ImATeapot",
    421: "MisdirectedRequest",
    422: "UnprocessableContent",
    423: "Locked",
    424: "FailedDependency",
    425: "TooEarly",
    426: "UpgradeRequired",
    428: "PreconditionRequired",
    429: "TooManyRequests",
    431: "RequestHeaderFieldsTooLarge",
    451: "UnavailableForLegalReasons",
    500: "InternalServerError",
    501: "NotImplementedByServer",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
    505: "HTTPVersionNotSupported",
    506: "VariantAlsoNegotiates",
    507: "InsufficientStorage",
    508: "LoopDetected",
    510: "NotExtended",
    511: "NetworkAuthenticationRequired",
}
_CLASSES = {1: "Informational", 2: "Success", 3: "Redirection", 4: "ClientError", 5: "ServerError"}


def status_key(status: Status) -> str:
    """Return a status as documents write it: ``404``, ``4XX``, ``default``."""
    if isinstance(status, Exact):
        return str(status.code)
    return f"{status.hundreds}XX" if isinstance(status, StatusRange) else "default"


def phrase(key: str) -> str:
    """Return a status in words: ``NotFound``, ``ClientError``, ``UnexpectedStatus``; ``Status499`` if it has none."""
    if key == "default":
        return "UnexpectedStatus"
    if key[1:].upper() == "XX" and key[:1].isdigit():
        return _CLASSES.get(int(key[0]), f"Status{key}")
    if not key.isdigit():
        return "UnexpectedStatus"
    return _PHRASES.get(int(key), f"Status{key}")
