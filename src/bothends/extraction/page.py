"""What a documentation page is, and a passage of one that may be a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one documentation page.

    ``uri`` names it in messages: a path as the user spelled it, or a URL. ``is_named``: somebody asked for this
    page, as opposed to a folder or an index that it is part of. ``folder`` is the real path of the folder that its
    links may lead to; a page that was fetched has none.
    """

    uri: str
    text: str
    is_named: bool = True
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of a page that may be a document. ``line`` is where it begins, from 1, ``column`` what precedes it there."""

    page: Page
    line: int
    text: str
    column: int = 0
