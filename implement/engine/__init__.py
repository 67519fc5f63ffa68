"""Pure engine: facts or tables in, facts or tables out; no clock, no session, no request, no randomness without a seed."""
