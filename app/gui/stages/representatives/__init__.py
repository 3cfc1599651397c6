"""Parts of 协商代表 that are drawn for their work."""
