"""The ``operations`` modules: every operation described once, for the client and the server."""
