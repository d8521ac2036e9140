"""Files as values, what they would change on disk, and the writing."""
