"""say whose word an offer is.

Revision ID: 0055
Follows: 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("offer") as batch:
        batch.add_column(sa.Column("system_key", sa.String(length=80), nullable=False, server_default=""))
        batch.add_column(sa.Column("source", sa.String(length=300), nullable=False, server_default=""))
        batch.add_column(sa.Column("offered_on", sa.Date(), nullable=True))
    with op.batch_alter_table("offer") as batch:
        batch.alter_column("system_key", server_default=None)
        batch.alter_column("source", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("offer") as batch:
        batch.drop_column("offered_on")
        batch.drop_column("source")
        batch.drop_column("system_key")
