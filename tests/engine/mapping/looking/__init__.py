"""Tests of mapping: looking."""
