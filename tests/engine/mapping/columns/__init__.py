"""Tests of mapping: columns."""
