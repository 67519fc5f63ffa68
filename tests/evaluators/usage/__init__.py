"""Invented rollouts with known resisters, and the scorer of their scores."""
