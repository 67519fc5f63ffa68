"""What a person can do from the command line, one module per command."""
