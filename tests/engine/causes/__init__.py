"""Tests of the causes."""
