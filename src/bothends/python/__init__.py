"""Python source, safely: code, docstrings, imports and annotations."""
