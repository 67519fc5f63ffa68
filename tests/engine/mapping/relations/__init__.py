"""Tests of mapping: relations."""
