"""A document is declared once as neutral blocks and rendered many times."""
