"""One self-contained page about a run, for sharing. Reads files only, runs no stage."""
