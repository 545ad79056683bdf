"""normalise of the organisations stage."""
