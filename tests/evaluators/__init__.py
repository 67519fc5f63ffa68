"""Judges of the product that see it only from outside: invented firms with known truth, and scorers."""
