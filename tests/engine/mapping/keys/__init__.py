"""Tests of mapping: keys."""
