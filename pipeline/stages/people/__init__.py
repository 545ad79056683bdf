"""Names of people, with the titles beside them."""
