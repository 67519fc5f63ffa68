"""Activity plans: what is counted, how it is counted in the log, whether a day's plan fits into the day."""
