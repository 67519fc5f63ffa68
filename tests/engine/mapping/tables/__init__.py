"""Tests of mapping: tables."""
