"""Numbers that are handed on, each with its origin."""
