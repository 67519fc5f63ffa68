"""What can be done with incentives, by subject."""
