"""What can be done with regulations."""
