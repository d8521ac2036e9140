"""Lowering: the normal form of a document to the intermediate model."""
