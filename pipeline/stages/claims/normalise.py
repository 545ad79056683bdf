"""normalise of the claims stage."""
