"""What can be done to plan a rollout, by subject."""
