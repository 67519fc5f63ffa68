"""Conflicts about who does what, and what each side carries."""
