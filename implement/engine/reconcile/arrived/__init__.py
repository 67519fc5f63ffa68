"""Rows of both sides in memory and by their hashes, and those set aside because they arrived as they were."""
