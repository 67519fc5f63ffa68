"""Tests of attainment."""
