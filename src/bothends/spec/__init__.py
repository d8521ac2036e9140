"""Reads a loaded document of any version into the one normal form that lowering starts from."""
