"""The wishes of a caller to the mock, beside preferences that the document itself describes."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from helpers import mock

from bothends.runtime.errors import StatusError
from bothends.runtime.operation import HeaderParameter, Json, Operation, Raises, Returns

LIST = Operation[Any](
    key="list",
    method="GET",
    path="/list",
    parameters=(HeaderParameter(name="prefer", wire="Prefer", type=Literal["return=minimal", 'a="x, code=404"']),),
    returns=(Returns(status=200, media=(Json(str),)),),
    raises=(Raises(status=404, error=StatusError),),
)


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("return=minimal", 200),
        ("code=404", 404),
        ("return=minimal, code=404", 404),
        ("latency=0; code=404,return=minimal", 404),
        ("return=minimal, dynamic=true", 200),
        ("return=representation", 400),
        ("return=representation, code=404", 400),
    ],
)
def test_what_is_asked_of_the_mock_is_no_argument(header: str, status: int) -> None:
    assert mock(LIST).get("/list", headers={"Prefer": header}).status_code == status


def test_what_is_quoted_stays_together() -> None:
    assert mock(LIST).get("/list", headers={"Prefer": 'a="x, code=404", code=200'}).status_code != 400
