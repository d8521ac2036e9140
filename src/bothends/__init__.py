"""bothends turns an OpenAPI document into a Python package that holds both ends of the wire."""

from __future__ import annotations

__version__ = "0.1.0"
