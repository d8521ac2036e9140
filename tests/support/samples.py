"""A valid call of each operation of a document, for clients that others wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bothends.runtime.server.document import ServedDocument
from bothends.runtime.server.mock.visible import visible
from support.contract_tests import SECRET

_METHODS = ("get", "put", "post", "delete", "patch")


def calls(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield for each operation its id, method, path, parameters by place, body with its media type, and credentials."""
    served = ServedDocument("", given=document)
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield _call(served, document, path, method, item)


def _call(
    served: ServedDocument, document: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any]
) -> dict[str, Any]:
    operation = item[method]
    found: dict[str, Any] = {"id": operation["operationId"], "method": method, "path": path, "body": None, "media": ""}
    for place in ("path", "query", "header", "cookie"):
        found[place] = {}
    for parameter in (*item.get("parameters", ()), *operation.get("parameters", ())):
        known = _followed(served, parameter)
        if known.get("required"):
            found[known["in"]][known["name"]] = _value(served, known)
    content = _followed(served, operation.get("requestBody", {})).get("content", {})
    if content:
        found["media"] = next((name for name in content if "json" in name and "lines" not in name), next(iter(content)))
        found["body"] = _value(served, content[found["media"]])
    found["credentials"] = _credentials(document, operation)
    return found


def _value(served: ServedDocument, holder: Mapping[str, Any]) -> Any:
    schema = holder.get("schema", True)
    named = [_followed(served, one).get("value") for one in holder.get("examples", {}).values()]
    given = [holder["example"]] if "example" in holder else named
    value = given[0] if given else next(served.sampler.candidates(schema))
    return visible(value, schema, served.sampler.flattener) if holder.get("in") else value


def _credentials(document: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers that satisfy the first alternative."""
    alternatives = operation.get("security", document.get("security", []))
    schemes = document.get("components", {}).get("securitySchemes", {})
    headers: dict[str, str] = {}
    for name in alternatives[0] if alternatives else ():
        scheme = schemes[name]
        kind = scheme.get("scheme", "").lower()
        if scheme["type"] == "apiKey":
            cookie = scheme["in"] == "cookie"
            headers["Cookie" if cookie else scheme["name"]] = f"{scheme['name']}={SECRET}" if cookie else SECRET
        elif kind == "basic":
            headers["Authorization"] = "Basic dXNlcjp0b2tlbg=="  # user:token
        else:
            headers["Authorization"] = f"{scheme.get('scheme') or 'Bearer'} {SECRET}"
    return headers


def _followed(served: ServedDocument, value: Any) -> Any:
    while isinstance(value, Mapping) and "$ref" in value:
        value = served.sampler.resolve(value["$ref"])
    return value
