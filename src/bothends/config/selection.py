"""Which operations of a document are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: The keys of the table ``select`` that list things.
LISTS: Final = ("tags", "operations", "paths", "except_tags", "except_operations", "except_paths")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which operations are wanted.

    An operation is in when one of ``tags``, ``operations`` and ``paths`` names it, or all three are empty; and when
    none of the ``except_`` ones does. Tags are those of the document, operations go by ``operationId`` or as
    ``GET /pets``, paths are as written; ``*`` stands for anything (as in ``/admin/*``). ``internal``: those that are
    marked ``x-internal`` may be in as well. ``unused``: schemas that no operation uses are generated, too; they are
    not where anything is selected, unless this says so.
    """

    tags: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    except_tags: tuple[str, ...] = ()
    except_operations: tuple[str, ...] = ()
    except_paths: tuple[str, ...] = ()
    internal: bool = True
    unused: bool | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection(unused=self.unused)

    @property
    def keeps_unused(self) -> bool:
        """Whether schemas are generated that no operation uses."""
        return self.is_everything if self.unused is None else self.unused
