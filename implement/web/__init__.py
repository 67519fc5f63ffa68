"""The desk that all rooms use; it knows no room."""
