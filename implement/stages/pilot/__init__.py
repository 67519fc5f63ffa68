"""Pilot and launch: one team first, tested, trained and supported, and a go or no-go from figures."""
