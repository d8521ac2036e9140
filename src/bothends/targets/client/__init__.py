"""The ``client`` part: one module for each group, and the clients that load them."""
