"""Answers without handlers: documented examples, else values made from schemas."""
