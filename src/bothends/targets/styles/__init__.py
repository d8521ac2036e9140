"""Schemas in other styles than pydantic's, written by datamodel-code-generator from our types and names."""
