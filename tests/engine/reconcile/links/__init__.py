"""Tests of reconcile: links."""
