"""Gold against a run: matching, counts, report, gate. Reads files only, runs no stage."""
