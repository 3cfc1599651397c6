"""Parts of 要约与应约 that are drawn for their work."""
