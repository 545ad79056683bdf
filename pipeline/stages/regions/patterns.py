"""patterns of the regions stage."""
