"""Operations that were read in; the data of an OpenAPI document out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from bothends.extraction.prose.bodies import body_schema, example_of
from bothends.extraction.prose.endpoints import parameter_names
from bothends.extraction.prose.fields import Field
from bothends.extraction.prose.reading import Operation, Response, shown_endpoint
from bothends.extraction.prose.samples import sample_schema, sample_value
from bothends.extraction.prose.security import Scheme, is_credential, operation_schemes, said_scheme
from bothends.extraction.prose.servers import Servers, server_object, servers_of
from bothends.naming.statuses import phrase
from bothends.naming.words import split

_DEEPEST = 40
_BODILESS = ("get", "head", "delete", "options")
_UNSENT = ("content-type", "accept", "content-length", "host", "user-agent", "authorization", "cookie", "connection")


def document_of(title: str, operations: Sequence[Operation], texts: Sequence[str]) -> dict[str, Any]:
    """Return the document of a page's operations. ``texts`` is what the page says of them all."""
    servers = servers_of(operations, texts)
    data: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": title or "API", "version": "0"}}
    if servers.base:
        data["servers"] = [server_object(servers.base)]
    schemes = [operation_schemes(one, one.description) for one in operations]
    general = said_scheme(texts) or _usual(schemes)
    if general is not None:
        data["security"] = [{general[0]: []}]
    tags = {one.above[-1] for one in operations if one.above}
    paths: dict[str, dict[str, Any]] = {}
    identifiers = Counter(_identifier(one.title) for one in operations)
    shapes: dict[str, str] = {}
    for one, own in zip(operations, schemes, strict=True):
        path, method = servers.path_of(one.endpoint), one.endpoint.method.lower()
        # Two paths that differ in the names of their parameters are one.
        path = shapes.setdefault(re.sub(r"\{[^{}]*\}", "{}", path), path)
        item = paths.setdefault(path, {})
        if method in item:
            continue
        operation = item[method] = _operation(one, path, servers)
        identifier = _identifier(one.title)
        if identifier and identifiers[identifier] == 1:
            operation = item[method] = {"operationId": identifier, **operation}
        if len(tags) > 1 and one.above:
            operation["tags"] = [one.above[-1]]
        if one.is_public:
            operation["security"] = []
        elif own and general is not None and own[0] != general:
            operation["security"] = [{_named(own[0], general): []}]
    data["paths"] = paths
    found = [general] if general is not None else []
    found += [
        (_named(own[0], general), own[0][1]) for own in schemes if own and general is not None and own[0] != general
    ]
    if found:
        data["components"] = {"securitySchemes": dict(found)}
    return data


def _usual(schemes: Sequence[Sequence[Scheme]]) -> Scheme | None:
    votes = Counter(repr(own[0]) for own in schemes if own)
    if not votes:
        return None
    best = votes.most_common(1)[0][0]
    return next(own[0] for own in schemes if own and repr(own[0]) == best)


def _named(scheme: Scheme, general: Scheme | None) -> str:
    """Return the name of a scheme beside the general one."""
    if general is None or scheme[0] != general[0]:
        return scheme[0]
    return (
        f"{scheme[0]}In{scheme[1].get('in', 'header').title()}{re.sub(r'[^A-Za-z0-9]', '', scheme[1].get('name', ''))}"
    )


def _identifier(title: str) -> str:
    title = title.lower() if title.isupper() else title
    words: list[str] = re.findall(r"[A-Za-z0-9]+", re.sub(r"['\u2019]", "", title))
    if not words or len(words) > 8 or not words[0][0].isalpha():
        return ""
    return words[0][:1].lower() + words[0][1:] + "".join(word[:1].upper() + word[1:] for word in words[1:])


def _operation(one: Operation, path: str, servers: Servers) -> dict[str, Any]:
    operation: dict[str, Any] = {}
    if one.title:
        operation["summary"] = one.title
    description = "\n".join(one.description).strip()
    if description and description != one.title:
        operation["description"] = description
    other = servers.other_of(one.endpoint)
    if other:
        operation["servers"] = [server_object(other)]
    placed = _placed(one, path)
    parameters = _parameters(one, path, placed)
    if parameters:
        operation["parameters"] = parameters
    body = _body(one, [field for field in placed if field.place in ("body", "form")])
    if body:
        operation["requestBody"] = body
    operation["responses"] = _responses(one)
    return operation


def _placed(one: Operation, path: str) -> list[Field]:
    """Return the fields, each with where it is sent."""
    names = {_key(name): name for name in parameter_names(path)}
    in_query = {name for name, _ in _shown_query(one)}
    has_body = one.endpoint.method.lower() not in _BODILESS
    placed: list[Field] = []
    parents: list[Field] = []
    for field in one.fields:
        parents = [parent for parent in parents[-_DEEPEST:] if parent.depth < field.depth]
        name = names.get(_key(field.name))
        place = field.place
        if parents and not place:
            place = parents[-1].place
        elif name is not None and place not in ("header", "form") and (place != "body" or not one.body_sample):
            place = "path"
        elif place == "path":
            continue
        elif not place:
            place = "query" if not has_body or field.name in in_query else "body"
        found = Field(
            name if place == "path" and name else field.name,
            field.schema,
            field.required,
            field.description,
            place,
            field.depth,
        )
        parents.append(found)
        placed.append(found)
    return placed


def unplaced(one: Operation) -> list[str]:
    """Return the names of what an operation calls parameters of its path, and what its path has no place for."""
    names = {_key(name) for name in parameter_names(one.endpoint.path)}
    return [field.name for field in one.fields if field.place == "path" and _key(field.name) not in names]


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _shown_query(one: Operation) -> list[tuple[str, str]]:
    shown = list(one.endpoint.query)
    for command in one.commands:
        shown += shown_endpoint(command).query
        if command.method == "GET":
            shown += [pair for text in command.data for pair in parse_qsl(text)]
    return shown


def _parameters(one: Operation, path: str, placed: Sequence[Field]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    by_name = {field.name: field for field in placed if field.place == "path"}
    for name in parameter_names(path):
        found["path", name] = _parameter(by_name.get(name, Field(name)), "path")
    for field in placed:
        is_sent = field.place in ("query", "cookie") or (field.place == "header" and field.name.lower() not in _UNSENT)
        if is_sent and not is_credential(field.place, field.name):
            found.setdefault((field.place, field.name), _parameter(field, field.place))
    for name, value in _shown_query(one):
        if (
            name
            and ("query", name) not in found
            and not is_credential("query", name)
            and re.fullmatch(r"[\w.\[\]$:-]+", name)
        ):
            schema = sample_schema(_number(value)) if value and not re.match(r"[<{\[$:]", value) else {"type": "string"}
            found["query", name] = {"name": name, "in": "query", "schema": schema}
    return list(found.values())


def _number(value: str) -> Any:
    if value in ("true", "false"):
        return value == "true"
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else value


def _parameter(field: Field, place: str) -> dict[str, Any]:
    parameter: dict[str, Any] = {"name": field.name, "in": place}
    if field.description:
        parameter["description"] = field.description
    if place == "path" or field.required:
        parameter["required"] = True
    schema = dict(field.schema) or {"type": "string"}
    if not {"type", "anyOf", "enum"} & set(schema):
        schema["type"] = "string"
    parameter["schema"] = schema
    return parameter


def _body(one: Operation, fields: Sequence[Field]) -> dict[str, Any]:
    method = one.endpoint.method.lower()
    sample, media = one.body_sample, "application/json"
    if any(field.place == "form" for field in fields):
        media = "multipart/form-data" if _has_file(fields) else "application/x-www-form-urlencoded"
    for command in one.commands:
        header = next((value for name, value in command.headers.items() if name.lower() == "content-type"), "")
        if command.form:
            media = "multipart/form-data"
            fields = [*fields, *(_form_field(text) for text in command.form if not _has(fields, text.split("=")[0]))]
        elif command.data and command.method != "GET":
            value = sample_value(command.data[-1])
            sample = sample if sample is not None else value
            pairs = [pair for text in command.data for pair in parse_qsl(text)] if value is None else []
            if pairs and "json" not in header and all(re.fullmatch(r"[\w.\[\]-]+", name) for name, _ in pairs):
                media = "application/x-www-form-urlencoded"
                fields = [
                    *fields,
                    *(
                        Field(name, sample_schema(_number(text)))
                        for name, text in dict(pairs).items()
                        if not _has(fields, name)
                    ),
                ]
    if not fields and sample is None:
        return {}
    if method in ("get", "head") and sample is None:
        return {}
    schema = body_schema(fields, sample, one.required)
    content = {"schema": schema, **example_of(sample)}
    is_required = bool(schema.get("required")) or method in ("post", "put", "patch")
    return {**({"required": True} if is_required else {}), "content": {media: content}}


def _has(fields: Sequence[Field], name: str) -> bool:
    return any(field.name == name for field in fields)


def _has_file(fields: Sequence[Field]) -> bool:
    return any(field.schema.get("format") == "binary" for field in fields)


def _form_field(text: str) -> Field:
    name, _, value = text.partition("=")
    return Field(name, {"type": "string", "format": "binary"} if value[:1] in "@<" and value else {"type": "string"})


def _responses(one: Operation) -> dict[str, Any]:
    found = dict(one.responses)
    if not any(status.startswith("2") or status == "default" for status in found):
        found["200"] = Response("The page does not describe it.")
    responses: dict[str, Any] = {}
    for status in sorted(found):
        response = found[status]
        entry: dict[str, Any] = {"description": response.description or " ".join(split(phrase(status)))}
        is_said = bool(response.fields) or response.sample is not None
        if is_said:
            content = {"schema": body_schema(response.fields, response.sample), **example_of(response.sample)}
            entry["content"] = {"application/json": content}
        elif status[0] == "2" and status != "204" and (one.endpoint.method == "GET" or _returns_something(one)):
            entry["content"] = {"application/json": {"schema": {}}}
        responses[status] = entry
    return responses


def _returns_something(one: Operation) -> bool:
    return any(re.search(r"\b[Rr]eturns? (?:an?|the|all|multiple|list)\b(?! \d)", line) for line in one.description)
