"""Targets: the intermediate model and its names in, views of files out."""
