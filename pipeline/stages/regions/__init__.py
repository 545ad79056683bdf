"""Places, with their codes."""
