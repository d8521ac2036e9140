"""Support code of a generated package, copied unchanged from bothends."""
