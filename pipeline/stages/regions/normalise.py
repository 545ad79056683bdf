"""normalise of the regions stage."""
