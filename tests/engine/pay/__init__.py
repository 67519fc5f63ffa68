"""Tests of variable pay."""
