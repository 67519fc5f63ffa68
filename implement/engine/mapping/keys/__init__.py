"""Which columns name records, and by which the rows of both sides belong together."""
