"""Fields that the document calls deprecated, as type checkers and editors see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Generic, Self, TypeVar, overload

from pydantic import Field
from typing_extensions import deprecated

T = TypeVar("T")

if TYPE_CHECKING:

    class Deprecated(Generic[T]):
        """A field that is reported where it is read (PEP 702)."""

        @overload
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        @deprecated("The document calls this field deprecated.")
        def __get__(self, instance: object, owner: Any) -> T: ...
        def __get__(self, instance: object, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: T) -> None: ...
else:
    # Pydantic warns where a field is read, and is silent where it encodes or decodes.
    Deprecated = Annotated[
        T, Field(deprecated="The document calls this field deprecated.")
    ]


def default(value: Any) -> Any:
    """Return the default of a deprecated field, which has the type of its values."""
    return value
