"""Measurements: each prints a table with ratios to a limit measured in the same run; none decides right or wrong."""
