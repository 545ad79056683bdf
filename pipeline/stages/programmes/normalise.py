"""normalise of the programmes stage."""
