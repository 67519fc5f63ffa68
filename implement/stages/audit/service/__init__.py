"""What can be done in an audit: begin it, ask people, answer, write findings."""
