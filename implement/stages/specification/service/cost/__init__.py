"""What can be done to price a rollout, by subject."""
