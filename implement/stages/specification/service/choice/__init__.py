"""What can be done to choose a CRM, by subject."""
