"""Extensions that name code: other generators honour some of these, and run what they are told."""

from __future__ import annotations

from typing import Any

from security.hostile.case import TEXT, Cases, document, get, has, operation

_EVIL = "os.system('touch owned')"
_EXTENSIONS: dict[str, Any] = {
    "x-python-type": _EVIL,
    "x-python-import": {"module": "os\nimport evil", "name": "system"},
    "x-python-class": "os.system",
    "customTypePath": "evil.Type",
    "customBasePath": "evil.Base",
    "x-customTypePath": "evil.Type",
    "x-go-type": "evil.Type",
    "x-go-type-import": {"path": "evil", "name": "evil"},
    "x-go-name": "Evil",
    "x-java-class": "java.lang.Runtime",
    "x-implements": ["evil.Base"],
    "x-class-extra-annotation": "@evil",
    "x-field-extra-annotation": "@evil",
    "x-codegen-import": "evil",
    "x-codegen-module": "../evil",
    "x-operation-name": _EVIL,
    "x-openapi-router-controller": "os",
    "x-openapi-router-model": "os:system",
    "x-amazon-apigateway-integration": {"uri": "http://127.0.0.1:9/"},
    "x-handler": "os.system",
    "x-validators": [_EVIL],
    "x-serializer": _EVIL,
    "x-default-factory": _EVIL,
    "default_factory": _EVIL,
    "x-group-name": "../../evil",
    "x-filename": "../../evil.py",
    "x-module": "../evil",
    "x-package": "../evil",
    "x-enum-varnames": ["a b", "import os", "__init__", "../x"],
    "x-enumNames": [None, 1, [], {}],
    "x-enum-descriptions": [_EVIL, '"""', "\\", "\n"],
    "x-ms-enum": {"name": _EVIL, "modelAsString": "yes", "values": [{"value": 1, "name": _EVIL}]},
    "x-speakeasy-name-override": _EVIL,
    "x-speakeasy-group": "../evil",
    "x-speakeasy-retries": {"strategy": _EVIL, "backoff": {"maxElapsedTime": -1}},
    "x-speakeasy-pagination": {"type": _EVIL, "outputs": {"results": "$[?" + "(" * 100}},
    "x-fern-sdk-method-name": _EVIL,
    "x-fern-sdk-group-name": ["..", "evil"],
    "x-fern-pagination": {"cursor": "$request." + _EVIL, "results": "$response.__class__"},
    "x-stainless-naming": {"python": {"method_name": _EVIL}},
    "x-pagination": {"cursor": {"param": _EVIL, "field": "__class__.__init__"}},
    "x-codeSamples": [{"lang": "Python", "source": '"""\nimport os\n'}, None, 1, {"lang": []}],
    "x-internal": "yes",
    "x-order": _EVIL,
    "x-nullable": _EVIL,
    "x-extensible-enum": [_EVIL],
    "x-deprecated": {"since": _EVIL},
    "x-webhooks": {_EVIL: {"post": operation()}},
    "x-tagGroups": [{"name": "../evil", "tags": ["../evil"]}],
    "x-logo": {"url": "file:///etc/passwd"},
    "x-include": "/etc/passwd",
    "$include": "/etc/passwd",
    "x-\r\nimport os": "x",
}


def extensions() -> Cases:
    yield "extensions-together", _everywhere(_EXTENSIONS)
    for number, (name, value) in enumerate(_EXTENSIONS.items()):
        yield f"extension-{number}", _everywhere({name: value})
        for other, wrong in enumerate((None, 1, "x", [], {}, [[]], {"a": {"b": 1}})):
            yield f"extension-{number}-wrong-{other}", _everywhere({name: wrong})


def _everywhere(extras: dict[str, Any]) -> Any:
    schema = has("a", {"type": "integer", "enum": [1, 2, 3], **extras}, default={"a": 1}) | extras
    root = get(
        {"A": schema, "B": TEXT | extras},
        parameters=[{"name": "q", "in": "query", "schema": TEXT | extras, **extras}],
        **extras,
    )
    root["paths"]["/a"] |= extras
    root["paths"]["/a"]["get"]["responses"] |= {"200": {"description": "x", **extras}}
    root["info"] |= extras
    servers = [{"url": "https://a.example", **extras}]
    schemes = {"k": {"type": "apiKey", "in": "header", "name": "X", **extras}}
    components = document({"A": schema, "B": TEXT | extras}, components={"securitySchemes": schemes})["components"]
    return root | extras | {"components": components, "servers": servers, "tags": [{"name": "t", **extras}]}
