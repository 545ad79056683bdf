"""normalise of the statements stage."""
