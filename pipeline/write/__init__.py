"""Records to files: checked, formatted, written whole or not at all."""
