"""Which column became which, and what became of its values: renamed, ticked, joined, cut off."""
