"""The ``schemas`` part: pydantic models, one module for each component."""
