"""Pagination as somebody states it: the configuration, a link of the document, or a vendor's extension."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from bothends.config.pagination import Paged
from bothends.ir.operations import Operation, Place
from bothends.ir.pagination import PageKind, Pagination, Path
from bothends.ir.shapes import Answer, Shapes, page_answer
from bothends.loading.data import is_list, is_mapping
from bothends.lowering.pagination.inferred import infer
from bothends.spec import objects

_BODY: Final = "$response.body#"
_STEP: Final = re.compile(r"\.([A-Za-z0-9_@-]+)")


class UnfitError(Exception):
    """What is stated does not fit the operation; the message says why."""


def configured(operation: Operation, stated: Paged, shapes: Shapes) -> Pagination:
    """Return the pagination that a user states. Raises UnfitError."""
    answer = page_answer(operation)
    if answer is None:
        raise UnfitError("its answer is not one JSON value")
    kind = PageKind(stated.kind)
    if kind is not PageKind.LINK and not any(
        one.place is Place.QUERY and one.wire == stated.parameter for one in operation.parameters
    ):
        raise UnfitError(f"there is no query parameter {stated.parameter!r}")
    if kind is PageKind.CURSOR and not (stated.next or stated.last):
        raise UnfitError("pages by cursor need next or last")
    found, items = _items(operation, stated, answer, shapes)
    last = _path(stated.last)
    if last and shapes.at(found.item, last) is None:
        raise UnfitError(f"there is no property {stated.last!r} in an item")
    return replace(
        found,
        kind=kind,
        items=items,
        parameter=stated.parameter,
        next=_checked(stated.next, answer, shapes),
        last=last,
        more=_checked(stated.more, answer, shapes),
        total=_checked(stated.total, answer, shapes),
        current=_checked(stated.current, answer, shapes),
        first=stated.first,
    )


def linked(operation: Operation, source: objects.Operation, shapes: Shapes) -> Pagination | None:
    """Return the pagination that a link states which leads back to its own operation."""
    for response in source.responses:
        for link in response.links:
            if link.operation_id and link.operation_id == source.operation_id:
                for name, value in link.parameters:
                    if isinstance(value, str) and value.startswith(_BODY):
                        stated = Paged("cursor", name.removeprefix("query."), next=value.removeprefix(_BODY))
                        try:
                            return configured(operation, stated, shapes)
                        except UnfitError:
                            continue
    return None


def extended(operation: Operation, source: objects.Operation, shapes: Shapes) -> Pagination | None:
    """Return the pagination that a vendor's extension states. Raises UnfitError."""
    for name, read in _EXTENSIONS.items():
        value = source.extensions.get(name)
        if is_mapping(value):
            stated = next(read(value), None)
            if stated is None:
                raise UnfitError(f"{name} holds nothing that can be used")
            return configured(operation, _with_shapes(operation, stated, shapes), shapes)
    return None


def _speakeasy(value: Mapping[str, Any]) -> Iterator[Paged]:
    inputs: Any = value.get("inputs")
    found: Any = value.get("outputs")
    outputs: Mapping[str, Any] = found if is_mapping(found) else {}
    items = _dotted(outputs.get("results"))
    if value.get("type") == "url":
        yield Paged("link", items=items, next=_dotted(outputs.get("nextUrl")))
    for one in inputs if is_list(inputs) else ():
        if not is_mapping(one) or one.get("in") != "parameters":
            continue
        parameter = str(one.get("name", ""))
        match one.get("type"):
            case "cursor":
                yield _cursor(parameter, items, outputs.get("nextCursor"))
            case "page":
                yield Paged("page", parameter, items, total=_dotted(outputs.get("numPages")))
            case "offset":
                yield Paged("offset", parameter, items)
            case _:
                pass


def _fern(value: Mapping[str, Any]) -> Iterator[Paged]:
    items = _dotted(value.get("results"))
    more = _dotted(value.get("has-next-page"))
    if isinstance(value.get("cursor"), str):
        yield _cursor(_requested(value["cursor"]), items, value.get("next_cursor"))
    elif isinstance(value.get("offset"), str):
        parameter = _requested(value["offset"])
        yield Paged("page" if "page" in parameter.lower() else "offset", parameter, items, more=more)


def _microsoft(value: Mapping[str, Any]) -> Iterator[Paged]:
    link, items = value.get("nextLinkName"), value.get("itemName", "value")
    if isinstance(link, str) and isinstance(items, str):
        yield Paged("link", items=_pointer((items,)), next=_pointer((link,)))


_EXTENSIONS: Final = {
    "x-speakeasy-pagination": _speakeasy,
    "x-fern-pagination": _fern,
    "x-ms-pageable": _microsoft,
}


def _cursor(parameter: str, items: str, expression: Any) -> Paged:
    """Return pages by a cursor that stands in the body, or in the last of its items."""
    text = expression if isinstance(expression, str) else ""
    before, within, after = text.partition("[-1]")
    if within:
        return Paged("cursor", parameter, items or _dotted(before), last=_dotted(f"${after}"))
    return Paged("cursor", parameter, items, next=_dotted(text))


def _dotted(expression: Any) -> str:
    """Return a path such as ``$.data.items`` as a pointer; nothing for any other expression."""
    if not isinstance(expression, str):
        return ""
    path = expression.removeprefix("$response").removeprefix("$")
    steps = _STEP.findall(path)
    return _pointer(tuple(steps)) if "".join(f".{step}" for step in steps) == path else ""


def _requested(expression: str) -> str:
    return expression.removeprefix("$request.")


def _with_shapes(operation: Operation, stated: Paged, shapes: Shapes) -> Paged:
    """Fill in what an extension leaves to the shapes: the first page, and where the end is told."""
    found = infer(operation, shapes)
    if found is None or found.kind != stated.kind or found.parameter != stated.parameter:
        return stated
    return replace(
        stated,
        first=found.first,
        more=stated.more or (_pointer(found.more) if found.more else ""),
        total=stated.total or (_pointer(found.total) if found.total else ""),
        current=stated.current or (_pointer(found.current) if found.current else ""),
    )


def _items(operation: Operation, stated: Paged, answer: Answer, shapes: Shapes) -> tuple[Pagination, Path]:
    items = _path(stated.items)
    if items is None:
        wanted = [()] if shapes.item(answer.body) is not None else _lists(answer, shapes)
        if len(wanted) != 1:
            raise UnfitError("there is not exactly one list in its answer: say which with items")
        items = wanted[0]
    at = shapes.at(answer.body, items)
    item = shapes.item(at) if at is not None else None
    if item is None:
        raise UnfitError(f"there is no list at {stated.items!r} of its answer")
    return Pagination(PageKind.LINK, items, item), items


def _lists(answer: Answer, shapes: Shapes) -> list[Path]:
    return [(field.wire,) for field in shapes.fields(answer.body) if shapes.item(field.type) is not None]


def _checked(text: str, answer: Answer, shapes: Shapes) -> Path | None:
    path = _path(text)
    if path is not None and shapes.at(answer.body, path) is None:
        raise UnfitError(f"there is no property {text!r} in its answer")
    return path


def _path(text: str) -> Path | None:
    """Read the name of a property or a JSON Pointer. ``/`` alone stands for the body itself."""
    if not text:
        return None
    if not text.startswith("/"):
        return (text,)
    if text == "/":
        return ()
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text[1:].split("/"))


def _pointer(path: Path) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)
