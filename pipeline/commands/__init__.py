"""The commands beside `extract`, a module for each purpose; each imports what it needs only when it is run."""
