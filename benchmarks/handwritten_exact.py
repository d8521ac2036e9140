"""The shapes of ``validation.py`` written by hand so that they accept exactly what the document does.

Public pydantic alone, as an engineer would who has to: 1.0 is an integer, a whole number stays one, dates and times are
those of RFC 3339, and null is refused where a property may be absent but not null.
"""

from __future__ import annotations

import datetime
import re
import uuid
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
)
from pydantic.experimental.missing_sentinel import MISSING

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_UUID = re.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def _spelled(pattern: re.Pattern[str]) -> BeforeValidator:
    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise ValueError("not in the format")
        if isinstance(value, int | float):
            raise ValueError("not a string")
        return value

    return BeforeValidator(check)


def _whole(value: float) -> int:
    if not value.is_integer():
        raise ValueError("not an integer")
    return int(value)


Integer = Annotated[StrictInt | Annotated[StrictFloat, AfterValidator(_whole)], Field(union_mode="left_to_right")]
Positive = Annotated[
    Annotated[StrictInt, Field(ge=1)] | Annotated[StrictFloat, Field(ge=1), AfterValidator(_whole)],
    Field(union_mode="left_to_right"),
]
Number = Annotated[StrictInt | Annotated[StrictFloat, Field(allow_inf_nan=False)], Field(union_mode="left_to_right")]
NotNegative = Annotated[
    Annotated[StrictInt, Field(ge=0)] | Annotated[StrictFloat, Field(ge=0, allow_inf_nan=False)],
    Field(union_mode="left_to_right"),
]
DateTime = Annotated[AwareDatetime, _spelled(_DATE_TIME)]
Date = Annotated[datetime.date, _spelled(_DATE)]
UUID = Annotated[uuid.UUID, _spelled(_UUID)]


class Base(BaseModel):
    model_config = ConfigDict(extra="allow", validate_by_alias=True, validate_by_name=True, serialize_by_alias=True)


class Account(Base):
    id: Positive
    name: Annotated[StrictStr, Field(min_length=1, max_length=80)]
    email: StrictStr
    active: StrictBool
    created_at: Annotated[DateTime | MISSING, Field(alias="createdAt")] = MISSING
    balance: Number | MISSING = MISSING
    nickname: StrictStr | MISSING = MISSING
    note: StrictStr | None = None


class Customer(Base):
    id: Integer
    name: StrictStr
    tags: list[StrictStr] | MISSING = MISSING


class Line(Base):
    sku: Annotated[StrictStr, Field(pattern="^[A-Z]{3}-[0-9]+$")]
    quantity: Positive
    unit_price: Annotated[NotNegative, Field(alias="unitPrice")]
    discount: Number | MISSING = MISSING
    comment: StrictStr | MISSING = MISSING


class Status(StrEnum):
    OPEN = "open"
    PAID = "paid"
    SHIPPED = "shipped"


class Order(Base):
    id: UUID
    customer: Customer
    lines: Annotated[list[Line], Field(min_length=1)]
    status: Status | MISSING = MISSING
    placed_on: Annotated[Date | MISSING, Field(alias="placedOn")] = MISSING


class Created(Base):
    kind: Literal["Created"]
    id: Integer
    by: StrictStr
    value: StrictStr | Number | StrictBool | MISSING = MISSING


class Moved(Base):
    kind: Literal["Moved"]
    id: Integer
    from_: Annotated[StrictStr, Field(alias="from")]
    to: StrictStr


class Deleted(Base):
    kind: Literal["Deleted"]
    id: Integer
    reason: StrictStr | None = None


class Feed(Base):
    events: list[Annotated[Created | Moved | Deleted, Field(discriminator="kind")]]
    next: StrictStr | Integer | MISSING = MISSING
