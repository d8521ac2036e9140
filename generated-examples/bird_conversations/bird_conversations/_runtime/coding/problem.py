"""What goes wrong in coding."""

from __future__ import annotations


class CodingError(ValueError):
    """A value cannot be spelled, or a spelling cannot be read.

    The message never holds the value.
    """
