"""What commands return to whoever called them."""

from __future__ import annotations

from typing import Final

FINE: Final = 0
#: Something differs, or does not agree.
DIFFERENT: Final = 1
#: Something is wrong with the document, the configuration or the call.
PROBLEM: Final = 2
#: Something is wrong with bothends.
FAULT: Final = 3
