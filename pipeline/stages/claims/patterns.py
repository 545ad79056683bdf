"""patterns of the claims stage."""
