"""Pure engine: facts or tables in and out; no clock, no session, no request, no randomness without a seed."""
