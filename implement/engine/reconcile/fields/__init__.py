"""What became of the fields of linked records: of each, of those joined, and of whole columns at once."""
