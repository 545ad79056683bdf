"""normalise of the references stage."""
