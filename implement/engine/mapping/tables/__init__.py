"""Which table became which: alone, united with others, divided, or moved into one of its own."""
