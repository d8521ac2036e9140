"""The shapes of ``validation.py`` as pydantic models are usually written by hand, strict scalars included.

They are looser than the document: 1.0 is no integer, a null is taken wherever a property may be absent, and dates and
times come in spellings that RFC 3339 does not have, numbers of seconds in quotes among them.
"""

from __future__ import annotations

import datetime
import uuid
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr


class Base(BaseModel):
    model_config = ConfigDict(extra="allow", validate_by_alias=True, validate_by_name=True, serialize_by_alias=True)


class Account(Base):
    id: Annotated[StrictInt, Field(ge=1)]
    name: Annotated[StrictStr, Field(min_length=1, max_length=80)]
    email: StrictStr
    active: StrictBool
    created_at: Annotated[AwareDatetime | None, Field(alias="createdAt")] = None
    balance: StrictFloat | None = None
    nickname: StrictStr | None = None
    note: StrictStr | None = None


class Customer(Base):
    id: StrictInt
    name: StrictStr
    tags: list[StrictStr] | None = None


class Line(Base):
    sku: Annotated[StrictStr, Field(pattern="^[A-Z]{3}-[0-9]+$")]
    quantity: Annotated[StrictInt, Field(ge=1)]
    unit_price: Annotated[StrictFloat, Field(ge=0, alias="unitPrice")]
    discount: StrictFloat | None = None
    comment: StrictStr | None = None


class Status(StrEnum):
    OPEN = "open"
    PAID = "paid"
    SHIPPED = "shipped"


class Order(Base):
    id: uuid.UUID
    customer: Customer
    lines: Annotated[list[Line], Field(min_length=1)]
    status: Status | None = None
    placed_on: Annotated[datetime.date | None, Field(alias="placedOn")] = None


class Created(Base):
    kind: Literal["Created"]
    id: StrictInt
    by: StrictStr
    value: StrictStr | StrictFloat | StrictBool | None = None


class Moved(Base):
    kind: Literal["Moved"]
    id: StrictInt
    from_: Annotated[StrictStr, Field(alias="from")]
    to: StrictStr


class Deleted(Base):
    kind: Literal["Deleted"]
    id: StrictInt
    reason: StrictStr | None = None


class Feed(Base):
    events: list[Annotated[Created | Moved | Deleted, Field(discriminator="kind")]]
    next: StrictStr | StrictInt | None = None
