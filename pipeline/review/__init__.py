"""Decisions on records, and the local page that takes them. Reads a run, never runs a stage."""
