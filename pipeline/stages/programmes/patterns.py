"""patterns of the programmes stage."""
