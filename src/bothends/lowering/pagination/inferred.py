"""Pagination inferred from the shapes of a document. Where they leave a doubt, there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bothends.ir.operations import Operation, Parameter, Slot
from bothends.ir.pagination import PageKind, Pagination, Path
from bothends.ir.shapes import Answer, Shapes, page_answer, plain, query_parameters
from bothends.ir.types import Type

_CURSORS: Final = frozenset(
    {"cursor", "pagetoken", "nextcursor", "nexttoken", "nextpagetoken", "continuationtoken", "continuation"}
    | {"pagecursor", "startcursor", "aftercursor", "paginationtoken", "pagingtoken", "marker", "startingafter", "after"}
    | {"afterid", "startafter", "bookmark", "scrollid"}
)
_SURE_NEXT: Final = frozenset(
    {"nextcursor", "nextpagetoken", "nexttoken", "continuationtoken", "nextcontinuationtoken", "nextpagecursor"}
    | {"nextmarker", "nextpage", "nextpaginationtoken", "cursornext", "nextbookmark"}
)
# These may also be the cursor of the page itself; only one of the parameter's own name is sure not to be.
_LIKELY_NEXT: Final = frozenset({"next", "endcursor", "after", "cursor", "marker", "scrollid", "bookmark"})
_NEXT: Final = frozenset({"next", "nextpage"})
_LAST: Final = frozenset({"lastid", "lastcursor"})
_AFTER: Final = frozenset({"after", "startingafter", "afterid", "startafter"})
_MORE: Final = frozenset({"hasmore", "hasnext", "hasnextpage", "more", "ismore", "morepages"})
_PAGES: Final = frozenset({"page", "pagenumber", "pageno", "pagenum", "pageindex"})
_PAGE_TOTALS: Final = frozenset({"totalpages", "pagecount", "lastpage", "numpages", "pagestotal", "totalpagecount"})
_CURRENT: Final = frozenset({"page", "currentpage", "pagenumber", "number", "pageindex", "pageno", "pagenum"})
_OFFSETS: Final = frozenset({"offset", "skip", "startat"})
_TOTALS: Final = frozenset({"total", "totalcount", "totalitems", "totalresults", "totalrecords", "totalelements"})
_SIZES: Final = frozenset(
    {"limit", "perpage", "pagesize", "size", "maxresults", "itemsperpage", "take", "top", "max", "pagelimit"}
)
_ADDRESSES: Final = frozenset({"next", "nextlink", "nexturl", "nextpageurl", "nexthref", "odatanextlink", "nextpage"})
_NEIGHBOURS: Final = frozenset({"previous", "prev", "previouspage", "prevurl", "previousurl", "first", "last"})
_ABOUT_PAGES: Final = frozenset(
    {"meta", "metadata", "pagination", "paging", "page", "pageinfo", "pageable", "cursor", "cursors", "links"}
    | {"responsemetadata", "listmetadata", "pager", "pages"}
)
_WRAPPERS: Final = frozenset({"data", "result", "response", "embedded", "payload", "body"})
_ITEMS: Final = ("items", "data", "results", "records", "value", "values", "entries", "elements", "list", "content")
_NO_ITEMS: Final = frozenset(
    {"errors", "warnings", "links", "included", "facets", "aggregations", "schemas", "messages"}
)


def infer(operation: Operation, shapes: Shapes) -> Pagination | None:
    """Return how the pages of an operation follow each other; None where that is not plain."""
    answer = page_answer(operation) if operation.id.method == "GET" else None
    if answer is None or not (found := _items(operation, answer.body, shapes)):
        return None
    page = _Page(operation, answer, shapes, *found)
    return page.by_cursor() or page.by_address() or page.by_number() or page.by_offset()


@dataclass(frozen=True, slots=True)
class _Page:
    operation: Operation
    answer: Answer
    shapes: Shapes
    items: Path
    item: Type

    def by_cursor(self) -> Pagination | None:
        """Pair a parameter with a property that names the next page, or with the last item."""
        for parameter in query_parameters(self.operation):
            if (inside := self._in_next(parameter)) is not None:
                return self._made(PageKind.CURSOR, parameter, next=inside, more=self._more())
            if self._may_be_cursor(parameter):
                if (found := self._next_cursor(parameter)) is not None:
                    return self._made(PageKind.CURSOR, parameter, next=found, more=self._more())
                if (last := self._last(parameter)) is not None:
                    return last
        return None

    def by_address(self) -> Pagination | None:
        """Find the address of the next page, in the body or in the ``Link`` header."""
        if any(header.wire.lower() == "link" for header in self.answer.response.headers):
            return Pagination(PageKind.LINK, self.items, self.item)
        for path, type_ in self._told(_ADDRESSES):
            if self.shapes.is_address(type_) or self._is_next_address(path, type_):
                return Pagination(PageKind.LINK, self.items, self.item, next=path)
            href = self.shapes.field(type_, "href")
            if href is not None and (self.shapes.is_address(href.type) or self.shapes.is_text(href.type)):
                return Pagination(PageKind.LINK, self.items, self.item, next=(*path, "href"))
        return None

    def by_number(self) -> Pagination | None:
        """Pair a numbered page with what tells the first of them, and the last."""
        parameter = self._integer(_PAGES)
        if parameter is None:
            return None
        current = self._integer_told(_CURRENT)
        first = _first_number(parameter, self.shapes)
        total, more = self._integer_told(_PAGE_TOTALS), self._more()
        if (first is None and current is None) or not (total or more or self._integer(_SIZES)):
            return None
        made = self._made(PageKind.PAGE, parameter, more=more, total=total)
        return replace(made, current=current if first is None else None, first=1 if first is None else first)

    def by_offset(self) -> Pagination | None:
        """Pair an offset with what tells its end; without that, an empty page is the end."""
        parameter = self._integer(_OFFSETS)
        total, more = self._integer_told(_TOTALS), self._more()
        if parameter is None or not (total or more or self._integer(_SIZES)):
            return None
        return self._made(PageKind.OFFSET, parameter, more=more, total=total)

    def _in_next(self, parameter: Parameter) -> Path | None:
        """Find the parameter's own name in what is said of the next page, such as ``next_page.offset``."""
        if parameter.required or not self.shapes.is_text(parameter.type):
            return None
        for path, type_ in self._told(_NEXT):
            field = self.shapes.field(type_, parameter.wire)
            if field is not None and self.shapes.is_text(field.type):
                return (*path, parameter.wire)
        return None

    def _next_cursor(self, parameter: Parameter) -> Path | None:
        for names in (_SURE_NEXT, _LIKELY_NEXT):
            for path, type_ in self._told(names):
                fits = self.shapes.is_text(type_) or self.shapes.is_address(type_)
                fits = fits or (self.shapes.is_integer(type_) and self.shapes.is_integer(parameter.type))
                if fits and (names is _SURE_NEXT or self._is_likely(path, parameter)):
                    return path
        return None

    def _is_likely(self, path: Path, parameter: Parameter) -> bool:
        """Tell whether a property that could be the page's own cursor is that of the next."""
        same = plain(path[-1]) == plain(parameter.wire)
        return same or len(path) > len(self.items) or self._more() is not None or plain(path[-1]) == "next"

    def _last(self, parameter: Parameter) -> Pagination | None:
        more = self._more()
        if more is None or plain(parameter.wire) not in _AFTER:
            return None
        for path, type_ in self._told(_LAST):
            if self.shapes.is_text(type_):
                return self._made(PageKind.CURSOR, parameter, next=path, more=more)
        key = self.shapes.field(self.item, "id")
        if key is None or not key.required or not self.shapes.is_text(key.type):
            return None
        return self._made(PageKind.CURSOR, parameter, last=("id",), more=more)

    def _made(
        self,
        kind: PageKind,
        parameter: Parameter,
        *,
        next: Path | None = None,
        last: Path | None = None,
        more: Path | None = None,
        total: Path | None = None,
    ) -> Pagination:
        return Pagination(
            kind, self.items, self.item, parameter=parameter.wire, next=next, last=last, more=more, total=total
        )

    def _told(self, names: frozenset[str]) -> Iterator[tuple[Path, Type]]:
        """Yield what stands under one of the names: beside the items, above them, and one level inside of those."""
        for length in range(len(self.items), -1, -1):
            above = self.items[:length]
            around = self.shapes.at(self.answer.body, above)
            if around is None or self.shapes.record(around) is None:
                continue
            for field in self.shapes.fields(around):
                if plain(field.wire) in names:
                    yield (*above, field.wire), field.type
            for field in self.shapes.fields(around):
                if plain(field.wire) in _ABOUT_PAGES:
                    for inner in self.shapes.fields(field.type):
                        if plain(inner.wire) in names:
                            yield (*above, field.wire, inner.wire), inner.type
                        elif plain(inner.wire) in _ABOUT_PAGES:
                            for third in self.shapes.fields(inner.type):
                                if plain(third.wire) in names:
                                    yield (*above, field.wire, inner.wire, third.wire), third.type

    def _more(self) -> Path | None:
        return next((path for path, type_ in self._told(_MORE) if self.shapes.is_boolean(type_)), None)

    def _integer_told(self, names: frozenset[str]) -> Path | None:
        return next((path for path, type_ in self._told(names) if self.shapes.is_integer(type_)), None)

    def _integer(self, names: frozenset[str]) -> Parameter | None:
        found = (one for one in query_parameters(self.operation) if plain(one.wire) in names)
        return next((one for one in found if self.shapes.is_integer(one.type) and not one.required), None)

    def _may_be_cursor(self, parameter: Parameter) -> bool:
        name, text = plain(parameter.wire), self.shapes.is_text(parameter.type)
        # A page that is no number is a cursor.
        return not parameter.required and (
            (name in _CURSORS and (text or self.shapes.is_integer(parameter.type))) or (name in _PAGES and text)
        )

    def _is_next_address(self, path: Path, type_: Type) -> bool:
        """Tell whether a text is an address, by its name or by what stands beside it."""
        if not self.shapes.is_text(type_):
            return False
        if plain(path[-1]).endswith(("link", "url", "href")):
            return True
        beside = self.shapes.at(self.answer.body, path[:-1])
        named = {plain(field.wire) for field in self.shapes.fields(beside)} if beside is not None else set[str]()
        return plain(path[-1]) == "next" and bool(named & _NEIGHBOURS)


def _items(operation: Operation, body: Type, shapes: Shapes) -> tuple[Path, Type] | None:
    """Return where the items of a page are, and their type."""
    if (item := shapes.item(body)) is not None:
        return (), item
    if (found := _listed(operation, body, shapes)) is not None:
        return found
    for field in shapes.fields(body):
        if plain(field.wire) in _WRAPPERS and (inner := _listed(operation, field.type, shapes)) is not None:
            return (field.wire, *inner[0]), inner[1]
    return None


def _listed(operation: Operation, body: Type, shapes: Shapes) -> tuple[Path, Type] | None:
    lists = {field.wire: item for field in shapes.fields(body) if (item := shapes.item(field.type)) is not None}
    resource = plain(_resource(operation))
    named = [wire for wire in lists if plain(wire) not in _NO_ITEMS or plain(wire) == resource]
    if len(named) == 1:
        return (named[0],), lists[named[0]]
    for wanted in (*_ITEMS, resource):
        if wanted and (wire := next((wire for wire in named if plain(wire) == wanted), None)) is not None:
            return (wire,), lists[wire]
    return None


def _resource(operation: Operation) -> str:
    texts = [part for part in operation.path.parts if not isinstance(part, Slot)]
    segments = [segment for text in texts for segment in text.split("/") if segment]
    return segments[-1] if segments else ""


def _first_number(parameter: Parameter, shapes: Shapes) -> int | None:
    """Return the number of the first page, as the default or the least value tells it."""
    default = parameter.default.value if parameter.default is not None else None
    if isinstance(default, int) and not isinstance(default, bool):
        return default if default in (0, 1) else None
    bare = shapes.bare(parameter.type)
    least = getattr(getattr(bare, "limits", None), "minimum", None)
    if least is None and (above := getattr(getattr(bare, "limits", None), "exclusive_minimum", None)) is not None:
        least = above + 1
    return int(least) if least in (0, 1) else None
