"""Names and descriptions of organisations."""
