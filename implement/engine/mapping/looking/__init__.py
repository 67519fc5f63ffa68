"""What tables and columns look like before anything is known about them, and rows that belong together."""
