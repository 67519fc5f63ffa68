"""What became of records: found again, dropped, merged, duplicated, extra; and who stands for the merged."""
