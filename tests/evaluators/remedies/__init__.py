"""Firms with a remedy of known effect, to hold against what the engine says of it."""
