"""The mock with a memory: what is created is there until it is deleted."""
