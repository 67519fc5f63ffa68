"""What is typed in in the pilot's room, by subject."""
