"""patterns of the references stage."""
