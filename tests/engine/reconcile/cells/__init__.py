"""Tests of reconcile: cells."""
