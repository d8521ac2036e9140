"""The specification's own examples of styles (OpenAPI 3.2, section 4.12.3), spelled and read back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError

from bothends.runtime.coding.arguments import (
    MISSING,
    claims_of,
    decode_cookie,
    decode_header,
    decode_path,
    decode_query,
    decode_querystring,
    parse_cookies,
    parse_query,
)
from bothends.runtime.coding.parameters import encode_cookie, encode_header, encode_path, encode_query
from bothends.runtime.coding.problem import CodingError
from bothends.runtime.operation import (
    CookieParameter,
    Form,
    HeaderParameter,
    Json,
    Parameter,
    PathParameter,
    QueryParameter,
)

EMPTY, TEXT, ARRAY, OBJECT = "", "blue", ["blue", "black", "brown"], {"R": 100, "G": 200, "B": 150}


class Colour(BaseModel):
    model_config = ConfigDict(extra="forbid")

    R: int
    G: int
    B: int


def type_of(value: object) -> Any:
    return {str: str, list: list[str], dict: Colour}[type(value)]


def comparable(value: Any) -> Any:
    return value.model_dump() if isinstance(value, BaseModel) else value


PATHS = [
    ("matrix", False, EMPTY, ";color"),
    ("matrix", False, TEXT, ";color=blue"),
    ("matrix", False, ARRAY, ";color=blue,black,brown"),
    ("matrix", False, OBJECT, ";color=R,100,G,200,B,150"),
    ("matrix", True, TEXT, ";color=blue"),
    ("matrix", True, ARRAY, ";color=blue;color=black;color=brown"),
    ("matrix", True, OBJECT, ";R=100;G=200;B=150"),
    ("label", False, TEXT, ".blue"),
    ("label", False, ARRAY, ".blue,black,brown"),
    ("label", False, OBJECT, ".R,100,G,200,B,150"),
    ("label", True, TEXT, ".blue"),
    ("label", True, ARRAY, ".blue.black.brown"),
    ("label", True, OBJECT, ".R=100.G=200.B=150"),
    ("simple", False, TEXT, "blue"),
    ("simple", False, ARRAY, "blue,black,brown"),
    ("simple", False, OBJECT, "R,100,G,200,B,150"),
    ("simple", True, TEXT, "blue"),
    ("simple", True, ARRAY, "blue,black,brown"),
    ("simple", True, OBJECT, "R=100,G=200,B=150"),
    ("pipeDelimited", False, ARRAY, "blue%7Cblack%7Cbrown"),
    ("spaceDelimited", False, ARRAY, "blue%20black%20brown"),
    ("tabDelimited", False, ARRAY, "blue%09black%09brown"),
]


@pytest.mark.parametrize(("style", "explode", "value", "text"), PATHS)
def test_path_styles_are_spelled_and_read(style: Any, explode: bool, value: Any, text: str) -> None:
    parameter = PathParameter("color", type_of(value), style=style, explode=explode)
    assert encode_path(parameter, value) == text
    if value != EMPTY:
        assert comparable(decode_path(parameter, text)) == value


def test_label_arrays_of_older_versions_are_read() -> None:
    assert decode_path(PathParameter("color", list[str], style="label"), ".blue.black") == ["blue", "black"]


@pytest.mark.parametrize("explode", [False, True])
@pytest.mark.parametrize("value", [["3.5"], ["."], ["a.b", "c"], ["", "."]])
def test_dots_in_labels_are_not_those_between_them(explode: bool, value: list[str]) -> None:
    parameter = PathParameter("color", list[str], style="label", explode=explode)
    assert decode_path(parameter, encode_path(parameter, value)) == value


QUERIES = [
    ("form", False, EMPTY, "color="),
    ("form", False, TEXT, "color=blue"),
    ("form", False, ARRAY, "color=blue,black,brown"),
    ("form", False, OBJECT, "color=R,100,G,200,B,150"),
    ("form", True, EMPTY, "color="),
    ("form", True, TEXT, "color=blue"),
    ("form", True, ARRAY, "color=blue&color=black&color=brown"),
    ("form", True, OBJECT, "R=100&G=200&B=150"),
    ("spaceDelimited", False, ARRAY, "color=blue%20black%20brown"),
    ("spaceDelimited", False, OBJECT, "color=R%20100%20G%20200%20B%20150"),
    ("spaceDelimited", True, ARRAY, "color=blue&color=black&color=brown"),
    ("pipeDelimited", False, ARRAY, "color=blue%7Cblack%7Cbrown"),
    ("pipeDelimited", False, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150"),
    ("pipeDelimited", True, ARRAY, "color=blue&color=black&color=brown"),
    ("tabDelimited", False, ARRAY, "color=blue%09black%09brown"),
    ("deepObject", True, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
]


@pytest.mark.parametrize(("style", "explode", "value", "text"), QUERIES)
def test_query_styles_are_spelled_and_read(style: Any, explode: bool, value: Any, text: str) -> None:
    parameter = QueryParameter("color", type_of(value), style=style, explode=explode)
    assert "&".join(encode_query(parameter, value)) == text
    assert comparable(decode_query(parameter, parse_query(text))) == value


HEADERS = [
    (False, EMPTY, ""),
    (False, TEXT, "blue"),
    (False, ARRAY, "blue,black,brown"),
    (True, ARRAY, "blue,black,brown"),
    (False, OBJECT, "R,100,G,200,B,150"),
    (True, OBJECT, "R=100,G=200,B=150"),
]


@pytest.mark.parametrize(("explode", "value", "text"), HEADERS)
def test_headers_are_spelled_and_read(explode: bool, value: Any, text: str) -> None:
    parameter = HeaderParameter("color", type_of(value), wire="X-Color", explode=explode)
    assert encode_header(parameter, value) == text
    assert comparable(decode_header(parameter, [text])) == value


COOKIES = [
    ("form", True, TEXT, "color=blue"),
    ("form", False, ARRAY, "color=blue,black,brown"),
    ("form", True, ARRAY, "color=blue; color=black; color=brown"),
    ("form", False, OBJECT, "color=R,100,G,200,B,150"),
    ("form", True, OBJECT, "R=100; G=200; B=150"),
    ("cookie", True, TEXT, "color=blue"),
    ("cookie", True, ARRAY, "color=blue; color=black; color=brown"),
    ("cookie", True, OBJECT, "R=100; G=200; B=150"),
]


@pytest.mark.parametrize(("style", "explode", "value", "text"), COOKIES)
def test_cookies_are_spelled_and_read(style: Any, explode: bool, value: Any, text: str) -> None:
    parameter = CookieParameter("color", type_of(value), style=style, explode=explode)
    assert "; ".join(encode_cookie(parameter, value)) == text
    assert comparable(decode_cookie(parameter, parse_cookies([text]))) == value


NASTY = [
    "a,b",
    "a b",
    "a+b",
    "50%",
    "%41",
    "é漢😀",
    "a&b=c",
    "a;b",
    "a/b?c#d",
    "[x]",
    '"q"',
    "\r\n\0",
    ".",
    "..",
    "null",
    "true",
    "1",
]


@pytest.mark.parametrize("style", ["simple", "label", "matrix"])
@pytest.mark.parametrize("explode", [False, True])
def test_any_text_survives_a_path(style: Any, explode: bool) -> None:
    one = PathParameter("p", str, style=style, explode=explode)
    many = PathParameter("p", list[str], style=style, explode=explode)
    assert [decode_path(one, encode_path(one, text)) for text in NASTY] == NASTY
    assert decode_path(many, encode_path(many, NASTY)) == NASTY
    assert set(encode_path(one, "".join(NASTY))).isdisjoint(" /?#\r\n\0")


@pytest.mark.parametrize(("style", "explode"), [("form", False), ("form", True), ("deepObject", True)])
def test_any_text_survives_a_query(style: Any, explode: bool) -> None:
    parameter = QueryParameter("p[]", dict[str, str], style=style, explode=explode)
    value = dict(zip(NASTY, reversed(NASTY), strict=True))
    if style == "deepObject":
        value.pop("[x]")
    assert decode_query(parameter, parse_query("&".join(encode_query(parameter, value)))) == value


def test_a_delimiter_that_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(CodingError):
        encode_query(QueryParameter("p", list[str], style="pipeDelimited"), ["a|b"])
    with pytest.raises(CodingError):
        encode_query(QueryParameter("p", list[str], style="spaceDelimited"), ["a b"])


def test_reserved_characters_stay_where_allowed() -> None:
    parameter = QueryParameter("q", str, allow_reserved=True)
    assert encode_query(parameter, "a/b?c:d@e,f=g%20h&i#j") == ["q=a/b?c:d@e,f=g%20h%26i%23j"]
    path = PathParameter("q", str, allow_reserved=True)
    assert encode_path(path, "a:b/c?d#e,f") == "a:b%2Fc%3Fd%23e,f"


def test_typed_values_are_read_by_their_type() -> None:
    pairs = parse_query("n=5&b=true&m=007&x=1.50&u=12&l=1&l=2")
    assert decode_query(QueryParameter("n", int), pairs) == 5
    assert decode_query(QueryParameter("b", bool), pairs) is True
    assert decode_query(QueryParameter("x", float), pairs) == 1.5
    assert decode_query(QueryParameter("u", int | str), pairs) == 12
    assert decode_query(QueryParameter("u", Annotated[str, Field(min_length=2)]), pairs) == "12"
    assert decode_query(QueryParameter("l", list[int]), pairs) == [1, 2]
    assert decode_query(QueryParameter("n", Literal["5"]), pairs) == "5"
    with pytest.raises(ValidationError):
        decode_query(QueryParameter("m", Annotated[int, Strict()]), pairs)
    with pytest.raises(CodingError):
        decode_query(QueryParameter("l", int), pairs)


def test_absent_empty_and_empty_arrays_differ() -> None:
    optional, required = QueryParameter("a", list[int], explode=False), QueryParameter("a", list[int], required=True)
    assert decode_query(optional, parse_query("b=1")) is MISSING
    assert encode_query(optional, []) == []
    assert encode_query(required, []) == ["a="]
    assert decode_query(required, parse_query("a=")) == []
    assert decode_query(QueryParameter("a", list[str]), parse_query("a=")) == [""]
    assert decode_query(QueryParameter("a", int, allow_empty=True), parse_query("a")) is MISSING
    assert decode_query(QueryParameter("a", str), parse_query("a")) == ""


def test_an_empty_text_is_no_empty_array_where_that_could_be_left_out() -> None:
    with pytest.raises(ValidationError):
        decode_query(QueryParameter("a", list[int]), parse_query("a="))


def test_encoded_commas_are_read_as_delimiters_only_where_nothing_else_fits() -> None:
    pairs = parse_query("a=1%2C2")
    assert decode_query(QueryParameter("a", list[int], explode=False), pairs) == [1, 2]
    assert decode_query(QueryParameter("a", list[str], explode=False), pairs) == ["1,2"]


class Filter(BaseModel):
    status: list[str] = []
    owner: dict[str, int] = {}
    lines: list[Colour] = []
    flag: bool = False


def test_deep_objects_nest() -> None:
    parameter = QueryParameter("filter", Filter, style="deepObject")
    value = Filter(status=["a", "b"], owner={"7": 1}, lines=[Colour(R=1, G=2, B=3)], flag=True)
    text = "&".join(encode_query(parameter, value))
    assert "filter%5Blines%5D%5B0%5D%5BR%5D=1" in text
    assert decode_query(parameter, parse_query(text)) == value
    for other in ("filter[status]=a&filter[status]=b", "filter[status][]=a&filter[status][]=b"):
        assert decode_query(parameter, parse_query(other)) == Filter(status=["a", "b"])
    assert decode_query(parameter, parse_query("filter[status]=a")) == Filter(status=["a"])
    assert decode_query(parameter, parse_query("filters[status]=a")) is MISSING


def test_exploded_objects_take_what_no_other_parameter_claims() -> None:
    rest = QueryParameter("rest", dict[str, str])
    page = QueryParameter("page", int)
    deep = QueryParameter("deep", Filter, style="deepObject")
    pairs = parse_query("page=1&x=a&y=b&deep[flag]=true&key=secret&deeper=1")
    claims = claims_of([rest, page, deep], {"key"})
    assert decode_query(rest, pairs, claims) == {"x": "a", "y": "b", "deeper": "1"}
    assert decode_query(rest, parse_query("deep[flag]=true&key=secret"), claims) is MISSING


def test_content_coded_parameters_are_json() -> None:
    query = QueryParameter("q", media=Json(dict[str, int]))
    assert encode_query(query, {"a": 1}) == ["q=%7B%22a%22%3A1%7D"]
    assert decode_query(query, parse_query("q=%7B%22a%22%3A1%7D")) == {"a": 1}
    assert encode_query(QueryParameter("q", media=Json(str)), "x") == ["q=%22x%22"]
    header = HeaderParameter("h", media=Json(list[int]))
    assert decode_header(header, [encode_header(header, [1, 2])]) == [1, 2]


def test_the_query_may_be_one_value() -> None:
    as_form = Parameter(name="q", wire="q", place="querystring", media=Form(Filter))
    assert "&".join(encode_query(as_form, Filter(status=["a", "b"]))) == "status=a&status=b"
    assert decode_querystring(as_form, "status=a&status=b") == Filter(status=["a", "b"])
    as_json = Parameter(name="q", wire="q", place="querystring", media=Json(list[int]))
    assert encode_query(as_json, [1, 2]) == ["%5B1%2C2%5D"]
    assert decode_querystring(as_json, "%5B1%2C2%5D") == [1, 2]


def test_hostile_text_is_refused() -> None:
    with pytest.raises(CodingError):
        encode_header(HeaderParameter("h"), "a\r\nX-Evil: 1")
    with pytest.raises(CodingError):
        encode_path(PathParameter("p"), "")
    with pytest.raises(CodingError):
        encode_cookie(CookieParameter("c", style="cookie"), "a; b=c")
    with pytest.raises(CodingError):
        encode_path(PathParameter("p"), "\ud800")
    with pytest.raises(CodingError):
        decode_path(PathParameter("p"), "%ff")
    with pytest.raises(CodingError):
        decode_query(QueryParameter("p", Filter, style="deepObject"), parse_query("p" + "[a]" * 40 + "=1"))
    with pytest.raises(CodingError):
        decode_query(QueryParameter("p", int), parse_query("p=" + "9" * 5000))


class Options(BaseModel):
    a: int = 0


@pytest.mark.parametrize("style", ["form", "deepObject"])
@pytest.mark.parametrize("required", [True, False])
def test_an_empty_object_is_read_where_there_has_to_be_one(style: Any, required: bool) -> None:
    parameter = QueryParameter("o", Options, style=style, explode=True, required=required)
    pairs = parse_query("&".join(encode_query(parameter, Options())))
    assert decode_query(parameter, pairs, claims_of([parameter])) == (Options() if required else MISSING)


def test_an_object_that_cannot_be_empty_is_missing_without_pairs() -> None:
    parameter = QueryParameter("color", Colour, required=True)
    assert decode_query(parameter, (), claims_of([parameter])) is MISSING
