"""normalise of the people stage."""
