"""The room of meetings: weekly and daily series from a regulation, led by the clock, with minutes that stay."""
