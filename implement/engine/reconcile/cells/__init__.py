"""What happened to cells, one by one and many at once: cut off, misread, spelled or written otherwise."""
