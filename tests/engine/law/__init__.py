"""Limits of the law."""
