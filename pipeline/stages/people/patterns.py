"""patterns of the people stage."""
