"""What can be done in the adoption room."""
