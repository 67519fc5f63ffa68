"""What can be done in the pilot's room, by subject."""
