"""Which of the other rows belong together: what agreement says, which pairs are compared, and which are linked."""
