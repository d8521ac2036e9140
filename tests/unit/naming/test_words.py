"""Words, and the cases of Python."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothends.naming.symbols import faithful
from bothends.naming.words import pascal, snake, split, upper_snake


@pytest.mark.parametrize(
    ("text", "snake_case", "pascal_case"),
    [
        ("petId2", "pet_id2", "PetId2"),
        ("HTTPServer", "http_server", "HTTPServer"),
        ("getAPet", "get_a_pet", "GetAPet"),
        ("petIDs", "pet_ids", "PetIDs"),
        ("OAuth2Token", "oauth2_token", "OAuth2Token"),
        ("IPv4Address", "ipv4_address", "IPv4Address"),
        ("B2BOrders", "b2b_orders", "B2BOrders"),
        ("A2X data", "a2x_data", "A2XData"),
        ("listIoTHubs", "list_iot_hubs", "ListIoTHubs"),
        ("X-Request-ID", "x_request_id", "XRequestID"),
        ("filter[name]", "filter_name", "FilterName"),
        ("application/vnd.api+json", "application_vnd_api_json", "ApplicationVndApiJson"),
        ("gpt-4.1", "gpt_4_1", "Gpt4_1"),
        ("2FA", "2fa", "2FA"),
        ("v1beta1", "v1beta1", "V1beta1"),
        ("S3Bucket", "s3_bucket", "S3Bucket"),
        ("_id", "id", "Id"),
        ("$ref", "ref", "Ref"),
        ("$", "dollar", "Dollar"),
        ("+1", "plus_1", "Plus1"),
        ("-1", "minus_1", "Minus1"),
        ("-created_at", "minus_created_at", "MinusCreatedAt"),
        ("<=", "less_equal", "LessEqual"),
        ("👍", "u1f44d", "U1f44d"),
        ("Straße", "straße", "Straße"),
        ("订单", "订单", "订单"),
        ("ﬁle", "file", "File"),
        ("", "", ""),
    ],
)
def test_words_are_found(text: str, snake_case: str, pascal_case: str) -> None:
    assert (snake(split(text)), pascal(split(text))) == (snake_case, pascal_case)


def test_upper_case_is_for_members() -> None:
    assert upper_snake(split("inProgress")) == "IN_PROGRESS"


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("foo-bar", "foo_dash_bar"),
        ("foo.bar", "foo_dot_bar"),
        ("fooBar", "fooBar"),
        ("_id", "underscore_id"),
        ("a\u202e", "a_u202e"),
    ],
)
def test_a_faithful_spelling_leaves_nothing_out(text: str, spelled: str) -> None:
    assert faithful(text) == spelled


@given(st.text(min_size=1))
def test_words_always_make_an_identifier_behind_a_prefix(text: str) -> None:
    for name in (snake(split(text)), pascal(split(text)), upper_snake(split(text)), faithful(text)):
        assert ("x" + name).isidentifier()
