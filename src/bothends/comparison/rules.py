"""The rules by which changes are judged; ``docs/diff.md`` prints them as a table.

*Breaking*: what was right on the wire is wrong now. *Risky*: it is still right, but behaviour or code may need
attention. *Safe*: nobody has to do anything.

A schema is judged by who sends its values and who receives them: of a request the callers are the senders and the
servers the receivers; of a response, and of a webhook's body, it is the other way round. Where fewer values are valid
than before, the sender has to change; where more are, the receiver.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bothends.comparison.model import Verdict

_SAFE, _RISKY, _BREAKING = Verdict.SAFE, Verdict.RISKY, Verdict.BREAKING


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: ``first`` and ``second`` judge for callers and servers, or for sender and receiver (``of_values``)."""

    meaning: str
    first: Verdict
    second: Verdict
    of_values: bool = False


def _api(meaning: str, callers: Verdict, servers: Verdict) -> Rule:
    return Rule(meaning, callers, servers)


def _values(meaning: str, sender: Verdict, receiver: Verdict) -> Rule:
    return Rule(meaning, sender, receiver, of_values=True)


_API: Final = {
    "operation-added": _api("an operation is new", _SAFE, _BREAKING),
    "operation-removed": _api("an operation is gone", _BREAKING, _RISKY),
    "operation-deprecated": _api("an operation is deprecated", _SAFE, _SAFE),
    "operation-restored": _api("an operation is no longer deprecated", _SAFE, _SAFE),
    "operation-id-changed": _api("the operationId, and with it the name of a method, changed", _RISKY, _RISKY),
    "group-changed": _api("the first tag, and with it the group of a method, changed", _RISKY, _RISKY),
    "path-parameter-renamed": _api("a parameter of the path has another name", _RISKY, _RISKY),
    "webhook-added": _api("a webhook is new", _SAFE, _RISKY),
    "webhook-removed": _api("a webhook is gone", _BREAKING, _SAFE),
    "callback-added": _api("a callback is new", _RISKY, _BREAKING),
    "callback-removed": _api("a callback is gone", _BREAKING, _SAFE),
    "parameter-added": _api("an optional parameter is new", _SAFE, _RISKY),
    "required-parameter-added": _api("a required parameter is new", _BREAKING, _BREAKING),
    "parameter-removed": _api("a parameter is gone", _RISKY, _RISKY),
    "parameter-became-required": _api("a parameter became required", _BREAKING, _SAFE),
    "parameter-became-optional": _api("a parameter became optional", _SAFE, _BREAKING),
    "parameter-coding-changed": _api("a parameter is coded in another way", _BREAKING, _BREAKING),
    "parameter-deprecated": _api("a parameter is deprecated", _SAFE, _SAFE),
    "body-added": _api("an optional request body is new", _SAFE, _RISKY),
    "required-body-added": _api("a required request body is new", _BREAKING, _BREAKING),
    "body-removed": _api("the request body is gone", _BREAKING, _RISKY),
    "body-became-required": _api("the request body became required", _BREAKING, _SAFE),
    "body-became-optional": _api("the request body became optional", _SAFE, _BREAKING),
    "request-media-type-added": _api("a request may have another media type", _SAFE, _BREAKING),
    "request-media-type-removed": _api("a request may no longer have a media type", _BREAKING, _SAFE),
    "encoding-changed": _api("a property of a form is coded in another way", _BREAKING, _BREAKING),
    "response-added": _api("a successful status is new", _RISKY, _SAFE),
    "error-response-added": _api("an error status is documented", _SAFE, _SAFE),
    "response-removed": _api("a successful status is gone", _BREAKING, _BREAKING),
    "error-response-removed": _api("an error status is no longer documented", _SAFE, _RISKY),
    "response-media-type-added": _api("a response may have another media type", _RISKY, _SAFE),
    "response-media-type-removed": _api("a response may no longer have a media type", _BREAKING, _BREAKING),
    "response-body-added": _api("a response that was empty has a body", _RISKY, _BREAKING),
    "response-body-removed": _api("a response that had a body is empty", _BREAKING, _BREAKING),
    "header-added": _api("an optional response header is new", _SAFE, _SAFE),
    "required-header-added": _api("a response header that is always there is new", _SAFE, _BREAKING),
    "header-removed": _api("an optional response header is gone", _RISKY, _SAFE),
    "required-header-removed": _api("a response header that was always there is gone", _BREAKING, _SAFE),
    "header-became-required": _api("a response header is always there", _SAFE, _BREAKING),
    "header-became-optional": _api("a response header may be missing", _BREAKING, _SAFE),
    "security-added": _api("another credential is accepted", _SAFE, _RISKY),
    "security-removed": _api("a credential is no longer accepted", _BREAKING, _SAFE),
    "security-required": _api("a credential is needed where none was", _BREAKING, _RISKY),
    "security-lifted": _api("no credential is needed any more", _SAFE, _RISKY),
    "scope-added": _api("a credential needs another scope", _BREAKING, _RISKY),
    "scope-removed": _api("a credential needs a scope less", _SAFE, _RISKY),
    "scheme-changed": _api("a security scheme means something else", _BREAKING, _BREAKING),
    "scheme-address-changed": _api("an address of a security scheme changed", _RISKY, _SAFE),
    "server-added": _api("another server is named", _SAFE, _SAFE),
    "server-removed": _api("a server is no longer named", _RISKY, _SAFE),
    "component-removed": _api("a schema, and with it the name of a class, is gone", _RISKY, _RISKY),
}

_SCHEMA: Final = {
    "type-changed": _values("other types of value are valid", _BREAKING, _BREAKING),
    "type-narrowed": _values("fewer types of value are valid", _BREAKING, _SAFE),
    "type-widened": _values("more types of value are valid", _SAFE, _BREAKING),
    "null-allowed": _values("null is valid", _SAFE, _BREAKING),
    "null-refused": _values("null is no longer valid", _BREAKING, _SAFE),
    "format-changed": _values("the format, and with it the type in Python, changed", _RISKY, _RISKY),
    "enum-value-added": _values("another value is listed", _SAFE, _RISKY),
    "enum-value-removed": _values("a value is no longer listed", _BREAKING, _SAFE),
    "enum-introduced": _values("values are listed where any was valid", _BREAKING, _SAFE),
    "enum-lifted": _values("values are no longer listed", _SAFE, _RISKY),
    "bound-tightened": _values("a bound is closer, or new", _BREAKING, _SAFE),
    "bound-loosened": _values("a bound is wider, or gone", _SAFE, _RISKY),
    "pattern-added": _values("a pattern has to match", _BREAKING, _SAFE),
    "pattern-removed": _values("a pattern no longer has to match", _SAFE, _RISKY),
    "pattern-changed": _values("another pattern has to match", _RISKY, _RISKY),
    "property-added": _values("an optional property is new", _SAFE, _SAFE),
    "required-property-added": _values("a required property is new", _BREAKING, _SAFE),
    "property-removed": _values("an optional property is gone", _RISKY, _RISKY),
    "required-property-removed": _values("a required property is gone", _RISKY, _BREAKING),
    "property-became-required": _values("a property became required", _BREAKING, _SAFE),
    "property-became-optional": _values("a property became optional", _SAFE, _BREAKING),
    "property-deprecated": _values("a property is deprecated", _SAFE, _SAFE),
    "object-closed": _values("properties that are not listed are refused", _BREAKING, _SAFE),
    "object-opened": _values("properties that are not listed are accepted", _SAFE, _RISKY),
    "default-changed": _values("what stands for a missing value changed", _RISKY, _RISKY),
    "variant-added": _values("a union has another member", _SAFE, _RISKY),
    "variant-removed": _values("a union has a member less", _BREAKING, _SAFE),
    "discriminator-added": _values("a property tells the members of a union apart", _RISKY, _SAFE),
    "discriminator-removed": _values("no property tells the members of a union apart", _SAFE, _RISKY),
    "discriminator-changed": _values("what tells the members of a union apart changed", _BREAKING, _BREAKING),
    "condition-added": _values("another keyword constrains the value", _BREAKING, _SAFE),
    "condition-removed": _values("a keyword no longer constrains the value", _SAFE, _RISKY),
    "condition-changed": _values("a keyword constrains the value in another way", _RISKY, _RISKY),
    "content-coding-changed": _values("the text holds its content in another coding", _BREAKING, _BREAKING),
}

#: Every rule by its name.
RULES: Final = MappingProxyType({**_API, **_SCHEMA})
