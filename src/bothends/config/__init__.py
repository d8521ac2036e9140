"""What a user configures, and reading it."""
