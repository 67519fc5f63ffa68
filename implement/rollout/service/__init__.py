"""What can be done in the hall; later rooms call these modules and never the hall's tables."""
