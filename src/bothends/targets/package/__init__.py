"""The package itself: what it offers, and its exceptions."""
