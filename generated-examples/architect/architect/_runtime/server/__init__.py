"""Serving a document: routes, decoding, validation, failures, security, mock."""
