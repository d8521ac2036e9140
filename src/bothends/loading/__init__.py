"""Bytes in, documents out: parsing, references, positions, limits."""
