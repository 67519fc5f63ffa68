"""What is typed in the specification room, by subject."""
