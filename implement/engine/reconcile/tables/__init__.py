"""Where the records of each source table are: staged, shared out among tables united, or in several together."""
