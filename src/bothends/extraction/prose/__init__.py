"""Pages that describe operations in words, tables, commands and samples in, the data of an OpenAPI document out."""
