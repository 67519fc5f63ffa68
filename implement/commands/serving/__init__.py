"""What runs beside and beneath the pages: the group of processes, the port, the regular chores."""
