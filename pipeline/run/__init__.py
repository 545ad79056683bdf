"""A batch of articles: the work list, the ledger, shards, where they are worked on."""
