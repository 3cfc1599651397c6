"""The page 意愿调查: figures of the sheets, counts by question, results as charts, topics and their fate."""
