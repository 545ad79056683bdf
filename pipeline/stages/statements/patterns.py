"""patterns of the statements stage."""
