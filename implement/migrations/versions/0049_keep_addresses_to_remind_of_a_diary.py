"""keep addresses to remind of a diary.

Revision ID: 0049
Follows: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audit_diary", schema=None) as batch_op:
        batch_op.add_column(sa.Column("addresses", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("audit_diary", schema=None) as batch_op:
        batch_op.alter_column("addresses", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("audit_diary", schema=None) as batch_op:
        batch_op.drop_column("addresses")
