"""Parts of the stage pages that are drawn for their work: a topic table, rounds side by side, a count."""
