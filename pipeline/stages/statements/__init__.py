"""Attributed statements."""
