"""The documents themselves, stage by stage: case to blocks."""
