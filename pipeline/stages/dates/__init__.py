"""Temporal expressions."""
