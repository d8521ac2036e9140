"""Names that are alike, that systems or Python keep for themselves, or that climb out of folders."""

from __future__ import annotations

import builtins
import keyword

from security.hostile.case import (
    SHAPE,
    TEXT,
    Cases,
    Json,
    answer,
    document,
    get,
    has,
    media,
    operation,
    parameter,
    post,
    ref,
)
from security.hostile.sizes import cases

_DEVICES = (
    "CON",
    "con",
    "PRN",
    "AUX",
    "NUL",
    "nul",
    "COM1",
    "com9",
    "LPT1",
    "CON.txt",
    "CLOCK$",
    "aux.py",
    "COM¹",
    "con ",
)
_LETTERS = (
    *("Pet", "pet", "PET", "pEt", "Pet_", "_Pet", "__Pet__", "Pet-", "pe-t", "pe_t", "PeT", "ｐｅｔ", "𝗉𝖾𝗍", "Pét"),
    "Pe\u0301t",
    *("ﬁ", "fi", "ﬀ", "ff", "ß", "ss", "ẞ", "ſ", "s", "K", "k", "İ", "i", "ı", "Σ", "σ", "ς", "µ", "μ", "Å", "Å"),
    *("²", "2", "Ⅷ"),
    *("VIII", "😀", "😁", "0", "00", "٠", "1", "١", "A", "a", "а", "\u0430", "Α", "ʹ", "ª", "º", "Ǆ", "ǅ", "ǆ"),
)  # fmt: skip
_SYMBOLS = (
    *("", " ", "  ", "\t", "\n", "\r", "\0", "\x1b[2J", "\u200b", "\u00ad", "\u202e", "\u2028", ".", "..", "..."),
    *("-", "--", "_", "__"),
    *("$", "$$", "@", "a/b", "a\\b", "a:b", "a*b", "a?b", 'a"b', "a'b", "a<b", "a>b", "a|b", "C:", "/", "//", "~"),
    *("~0", "~1", "%41"),
    *("`", "{", "}", "{{a}}", "{% a %}", "#", ";", ",", "(", ")", "[", "]", "=", "+", "&", "!", "^", '"""', "'''"),
    *("\\", "\\n"),
)  # fmt: skip
_CLIMBING = (
    *("../evil", "../../evil", "../../../../../../tmp/evil", "..\\evil", "/tmp/evil", "C:\\evil", "~/evil"),
    "a/../../evil",
    *("evil/", "evil.py", "../__init__", "__init__.py", "_runtime/../../evil", "schemas/../evil"),
    ".git/hooks/pre-commit",
    *("..", ".", "....", "..%2fevil", "\u2024\u2024/evil", "..\u2215evil", "evil\0.py", ".bothends.json"),
    *("py.typed", "x.pth"),
    *("conftest.py", "sitecustomize", "usercustomize", "setup.py", "pyproject.toml", "..\u29f8evil", "-rf"),
    *("--help", "%s%n"),
)  # fmt: skip
_OURS = (
    *("__init__", "__pycache__", "_runtime", "schemas", "client", "server", "operations", "errors", "py", "index"),
    "default",
    *("Default", "model", "Model", "self", "cls", "body", "options", "handlers", "Handlers", "Client"),
    *("AsyncClient", "Any"),
    *("StatusError", "NotFound", "create_app", "create_router", "Field", "Literal", "Annotated", "Enum", "StrEnum"),
    "datetime",
    *("typing", "pydantic", "httpx", "fastapi", "enum", "functools", "annotations", "TYPE_CHECKING"),
    *("cached_property", "UUID"),
    *("model_config", "model_fields", "model_dump", "model_validate", "model_construct", "copy", "json", "dict"),
    *("schema", "fields"),
    *("mro", "name", "value", "_value_", "_name_", "_missing_", "_ignore_", "_order_", "names", "values", "auto"),
    "member",
    *("aclose", "close", "with_options", "base_url", "timeout", "headers", "request", "response", "send", "stream"),
    "raw",
)  # fmt: skip
_DUNDERS = (
    *("__class__", "__dict__", "__slots__", "__getattr__", "__getattribute__", "__setattr__", "__new__", "__del__"),
    "__call__",
    *("__all__", "__name__", "__file__", "__path__", "__doc__", "__builtins__", "__import__", "__module__"),
    "__annotations__",
    *("__qualname__", "__bases__", "__mro__", "__subclasses__", "__init_subclass__", "__set_name__", "__get__"),
    "__hash__",
    *("__eq__", "__str__", "__repr__", "__bool__", "__len__", "__iter__", "__enter__", "__exit__", "__reduce__"),
    "__future__",
    *("__pydantic_config__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__", "__private"),
    "_private",
    *("__proto__", "constructor", "prototype", "toString", "__globals__", "__code__", "__debug__", "__main__"),
    "__spec__",
)  # fmt: skip
_PYTHON = (*keyword.kwlist, *keyword.softkwlist, *(name for name in dir(builtins) if not name.startswith("_")))
_CODE = (
    *("import os", "import os\nos.system('touch owned')", "os.system('touch owned')"),
    "__import__('os').system('touch owned')",
    *("A: pass\nimport os", "A(object)", "f(a=1):#", "x = 1", "lambda: 0", "a\n    b", "a;b", "a#b", "a'b\"c"),
    *("a\\", "\\u0041"),
    *("{__import__('os')}", "{{ self }}", "{% include '/etc/passwd' %}", "${x}", "`touch owned`", "$(touch owned)"),
    "#!/bin/sh",
    *("# -*- coding: utf-7 -*-", "# type: ignore", "# noqa", "# fmt: off", '"""; import os; """', "None", "True"),
    *("...", "*", "**x"),
)  # fmt: skip
SETS: dict[str, tuple[str, ...]] = {
    "devices": _DEVICES,
    "letters": _LETTERS,
    "symbols": _SYMBOLS,
    "climbing": _CLIMBING,
    "ours": _OURS,
    "dunders": _DUNDERS,
    "python": _PYTHON,
    "code": _CODE,
    "cases": tuple(cases("abcdefgh", 200)),
}


def names() -> Cases:
    """Every set of names in every kind of place."""
    for label, texts in SETS.items():
        chosen = tuple(dict.fromkeys(texts))
        for place, content in {**_in_schemas(chosen), **_in_operations(chosen), **_in_descriptions(chosen)}.items():
            yield f"names-{label}-{place}", content


def odd_paths() -> Cases:
    symbols = (
        *("/", "//", "///", "/-", "/.", "/..", "/...", "/$", "/{a}", "/{a}{b}", "/{a}-{b}", "/{ }", "/{}", "/{"),
        *("/}", "/{{a}}"),
        *("/}{", "/*", "/**", "/:a", "/?", "/?a=b", "/#", "/#a", "/%", "/%2F", "/%zz", "/a b", "/a\tb", "/a\nb"),
        *("/\0", "/é", "/日本"),
        *("/😀", "/\u202e", "/a;b", "/a,b", "/~", "/\\", "", "a", "a/b", " /a", "/a\r\nHost: evil", "/{a:path}"),
        *("/{a:int}", "/<a>"),
    )  # fmt: skip
    yield "paths-of-symbols", document(paths={path: {"get": operation()} for path in symbols})
    climbing = (
        "/../a",
        "/a/../b",
        "/./a",
        "/a/..",
        "/%2e%2e/a",
        "//host/a",
        "/\\host/a",
        "/@host",
        "/:80/a",
        "http://evil/a",
    )
    yield "paths-climbing", document(paths={path: {"get": operation()} for path in climbing})
    for number, path in enumerate((*symbols, *climbing)):
        slots = [parameter(name, "path") for name in ("a", "b", "a:path", "a:int", "", " ")]
        yield f"path-{number}", document(paths={path: {"get": operation(parameters=slots)}})
    yield "paths-alike", document(paths={f"/{'{' + name + '}'}": {"get": operation()} for name in ("a", "b", "A", "é")})
    again = {"get": operation(operationId="same", tags=["t", "t"], parameters=[parameter("q")] * 2)}
    twice = {"A": has("a", {"enum": ["x", "x"]}, required=["a", "a"])}
    yield (
        "everything-twice",
        document(
            twice,
            {"/a": again, "/b": {"get": operation(operationId="same")}},
            tags=[{"name": "t"}] * 2,
            servers=[{"url": "/"}] * 2,
        ),
    )


def _in_schemas(texts: tuple[str, ...]) -> dict[str, Json]:
    pointers = [text.replace("~", "~0").replace("/", "~1").replace("%", "%25") for text in texts]
    references = {f"p{n}": {"$ref": f"#/components/schemas/A/$defs/{pointer}"} for n, pointer in enumerate(pointers)}
    mapping = {"propertyName": "k", "mapping": dict.fromkeys(texts, "B")}
    titled = [SHAPE | {"title": text, "required": [f"r{n}"]} for n, text in enumerate(texts)]
    return {
        "schemas": document(dict.fromkeys(texts, SHAPE)),
        "enum-schemas": document({text: {"enum": ["a", text]} for text in texts}),
        "alias-schemas": document({text: {"type": "array", "items": TEXT} for text in texts}),
        "properties": document({"A": has(texts, SHAPE, required=list(texts))}),
        "optional-properties": document({"A": has(texts, TEXT | {"default": "x"})}),
        "enum": document({"A": {"type": "string", "enum": list(texts)}}),
        "hints": document({"A": {"type": "integer", "enum": list(range(len(texts))), "x-enum-varnames": list(texts)}}),
        "defaults": document(
            {"A": {"properties": {f"p{n}": TEXT | {"default": text} for n, text in enumerate(texts)}}}
        ),
        "titles": document({"A": {"oneOf": titled}}),
        "definitions": document({"A": {"$defs": dict.fromkeys(texts, SHAPE), "properties": references}}),
        "mapping": document({"A": {"oneOf": [ref("B"), ref("C")], "discriminator": mapping}, "B": SHAPE, "C": SHAPE}),
        "tags-of-unions": document({"A": {"oneOf": [has("k", {"const": text}, required=["k"]) for text in texts]}}),
        "required": document({"A": {"type": "object", "required": list(texts)}}),
        "formats": document({f"A{n}": TEXT | {"format": text} for n, text in enumerate(texts)}),
        "patterns": document({f"A{n}": TEXT | {"pattern": text} for n, text in enumerate(texts)}),
        "anchors": document({f"A{n}": SHAPE | {"$anchor": text, "$id": text} for n, text in enumerate(texts)}),
    }


def _in_operations(texts: tuple[str, ...]) -> dict[str, Json]:
    usable = [text for text in texts if "{" not in text and "}" not in text and text]
    slots = [parameter(text, "path") for text in usable]
    places: dict[str, Json] = {
        "tags": document(paths={f"/a{n}": {"get": operation(tags=[text])} for n, text in enumerate(texts)}),
        "operations": document(paths={f"/a{n}": {"get": operation(operationId=text)} for n, text in enumerate(texts)}),
        "paths": document(paths={f"/{text.replace('{', '')}": {"get": operation()} for text in texts}),
        "slots": document(
            paths={"/" + "/".join(f"{{{text}}}" for text in usable): {"get": operation(parameters=slots)}}
        ),
        "headers": answer(headers={text: {"schema": TEXT} for text in texts}),
        "parts": post(media(has(texts), "multipart/form-data")),
        "fields": post(media(has(texts), "application/x-www-form-urlencoded")),
        "media": post({f"text/{text}": {"schema": TEXT} for text in texts}),
        "whole-media": answer(content={text: {"schema": TEXT} for text in texts}),
        "callbacks": get(callbacks={text: {text: {"post": operation()}} for text in texts}),
        "links": answer(links={text: {"operationId": text, "parameters": {text: text}} for text in texts}),
        "methods": document(paths={"/a": {"additionalOperations": {text: operation() for text in texts}}})
        | {"openapi": "3.2.0"},
        "statuses": document(paths={"/a": {"get": {"responses": {text: {"description": text} for text in texts}}}}),
    }
    for place in ("query", "header", "cookie"):
        schema = SHAPE if place == "query" else TEXT
        places[place] = get(parameters=[parameter(text, place, schema=schema) for text in texts])
    return places


def _in_descriptions(texts: tuple[str, ...]) -> dict[str, Json]:
    schemes = {text: {"type": "apiKey", "in": "header", "name": f"X-{n}"} for n, text in enumerate(texts)}
    keys = {f"k{n}": {"type": "apiKey", "in": "query", "name": text} for n, text in enumerate(texts)}
    http = {f"k{n}": {"type": "http", "scheme": text, "bearerFormat": text} for n, text in enumerate(texts)}
    scopes = {
        "o": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "x", "scopes": dict.fromkeys(texts, "d")}}}
    }
    everything = "\n".join(texts)
    prose = {"title": everything, "description": everything}
    variables = {text: {"default": text, "enum": [text]} for text in texts}
    extensions = {f"x-{text}": text for text in texts}
    return {
        "schemes": document(components={"securitySchemes": schemes}, security=[{text: []} for text in texts]),
        "keys": document(components={"securitySchemes": keys}, security=[{key: []} for key in keys]),
        "http-schemes": document(components={"securitySchemes": http}, security=[{key: []} for key in http]),
        "scopes": document(components={"securitySchemes": scopes}, security=[{"o": list(texts)}]),
        "webhooks": document(webhooks={text: {"post": operation()} for text in texts}),
        "servers": document(servers=[{"url": text, "description": text, "name": text} for text in texts]),
        "variables": document(servers=[{"url": "".join(f"{{{text}}}" for text in texts), "variables": variables}]),
        "descriptions": get({"A": SHAPE | prose}, description=everything, summary=everything),
        "info": document() | {"info": prose | {"version": everything, "x-a": everything}},
        "extensions": document({"A": SHAPE | extensions}) | extensions,
        "unknown-keys": dict.fromkeys(texts, 1) | document({"A": dict.fromkeys(texts, 1) | SHAPE}),
    }
