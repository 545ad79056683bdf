"""patterns of the dates stage."""
