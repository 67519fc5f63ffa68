"""Tests of reconcile: fates."""
