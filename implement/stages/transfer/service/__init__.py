"""What can be done in the transfer room: hand in files, map, reconcile, look at findings, decide."""
