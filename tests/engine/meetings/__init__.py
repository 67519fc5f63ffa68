"""Meetings in figures."""
