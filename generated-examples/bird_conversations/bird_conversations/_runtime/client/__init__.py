"""What generated clients are made of.

Building requests, sending them, and reading what comes back.
"""
