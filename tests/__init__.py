"""Tests of Implement; they mirror the package, and `house` holds the rules of the house."""
