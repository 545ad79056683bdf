"""Joins mentions to entities and resolves nominals and pronouns."""
