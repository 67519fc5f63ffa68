"""What can be done with activity plans. Later rooms read them by `reading`, which stays as it is."""
