"""What became of references: torn or wrong ones, lists of records, circles, and what children prove."""
