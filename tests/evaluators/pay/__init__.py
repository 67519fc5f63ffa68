"""A second way to price a plan, written apart from the product."""
