"""The named checks, one small function each, by stage."""
