"""Drives a generated client against its generated server."""
