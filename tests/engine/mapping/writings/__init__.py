"""Tests of mapping: writings."""
