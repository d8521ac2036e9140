"""Patterns of documents, which are ECMA-262: read, spelt for other engines, judged."""
