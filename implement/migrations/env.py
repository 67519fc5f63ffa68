"""What Alembic runs: every migration in one transaction, the guards of frozen rows off before it and on after it."""

from alembic import context
from flask import current_app

from implement.migrations.running import migrate_connection

database = current_app.extensions["migrate"].db
given = context.config.attributes.get("connection")

if given is not None:
    migrate_connection(given, database.metadata)
else:
    with database.engine.connect() as connection:
        migrate_connection(connection, database.metadata)
