"""How the database came to its present shape: revision after revision, up and down, on SQLite and PostgreSQL."""
