"""The intermediate model: types, declarations and operations, free of Python and of OpenAPI versions."""
