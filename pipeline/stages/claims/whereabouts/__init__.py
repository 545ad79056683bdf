"""Where a claim holds: places beside its number, in its clause, in the sentence before."""
