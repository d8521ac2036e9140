"""The ``server`` part: handlers to implement, and the application around them."""
