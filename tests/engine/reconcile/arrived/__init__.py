"""Tests of reconcile: arrived."""
