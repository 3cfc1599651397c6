"""The law as dated, sourced data, plus the few functions that data cannot say."""
