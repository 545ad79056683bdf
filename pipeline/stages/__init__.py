"""The stages: one folder a kind of fact."""
