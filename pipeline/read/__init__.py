"""Files to articles: what is read, in which encoding, and under which name."""
