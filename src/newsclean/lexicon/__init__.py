"""Words, names and dates by language: every list with its origin, and what reads them."""
