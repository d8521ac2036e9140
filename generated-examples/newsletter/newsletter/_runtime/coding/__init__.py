"""How values travel outside JSON: parameters, forms, multipart bodies, both ways.

The client encodes and the server decodes with the same modules. Nothing here knows of a
transport.
"""
