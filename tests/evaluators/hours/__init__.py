"""Business hours counted minute by minute, with clocks and holidays of its own; knows nothing of the product."""
