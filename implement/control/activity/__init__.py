"""The room of activity plans: what is counted, one plan per role, targets per person, actuals with their source."""
