"""keep what databases declare of their tables.

Revision ID: 0060
Follows: 0059
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("transfer_table") as batch:
        batch.add_column(sa.Column("foreign_keys", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("transfer_table") as batch:
        batch.drop_column("foreign_keys")
