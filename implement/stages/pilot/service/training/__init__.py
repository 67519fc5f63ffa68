"""Training: lessons, who learns which, how far everybody is."""
