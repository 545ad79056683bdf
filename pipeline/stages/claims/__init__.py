"""Quantities with their slots."""
