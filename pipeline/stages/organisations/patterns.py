"""patterns of the organisations stage."""
