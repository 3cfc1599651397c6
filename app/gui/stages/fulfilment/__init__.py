"""履约检查: where each obligation stands, and the figures of polls and scores."""
