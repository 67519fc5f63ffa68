"""What can be done in the specification room, by subject."""
