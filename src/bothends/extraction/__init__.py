"""Documentation pages in, the text of the OpenAPI document that they embed out."""
