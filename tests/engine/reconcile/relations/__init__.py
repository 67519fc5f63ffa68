"""Tests of reconcile: relations."""
