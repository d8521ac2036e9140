"""Fields that can have one value only, which is their default: nobody has to give it.

A discriminator is often described so (FastAPI does): not demanded, and useless where it
is not there. What Python code makes therefore says it, unlike other defaults.
"""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo


def state_constants(cls: type[BaseModel]) -> None:
    """Let the constructor of a class count such fields as set. Reading does not."""
    names = frozenset(
        name for name, info in cls.__pydantic_fields__.items() if _is_constant(info)
    )
    if not names:
        return
    construct: Any = cls.__init__

    def stating(self: BaseModel, /, **data: Any) -> None:
        construct(self, **data)
        self.__pydantic_fields_set__.update(names)

    # pydantic's engine calls constructors of its own kind never, and others always.
    vars(stating)["__pydantic_base_init__"] = not cls.__pydantic_custom_init__
    setattr(cls, "__init__", stating)  # noqa: B010


def _is_constant(info: FieldInfo) -> bool:
    found = get_args(info.annotation) if get_origin(info.annotation) is Literal else ()
    return len(found) == 1 and found[0] == info.default
