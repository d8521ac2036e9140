"""Code of users around a generated server: written once, completed later, and compared with what is generated."""
