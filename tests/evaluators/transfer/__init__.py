"""Invented CRM transfers with planted faults, and the scorer of their findings."""
