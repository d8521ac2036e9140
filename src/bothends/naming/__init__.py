"""Names: from what things mean to what they are called in Python."""
