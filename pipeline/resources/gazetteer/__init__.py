"""The gazetteer's tables, and the script that builds them."""
