"""Tests of staff lists."""
