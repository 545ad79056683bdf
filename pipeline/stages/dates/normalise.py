"""normalise of the dates stage."""
