"""keep addresses and reminders of people asked.

Revision ID: 0027
Follows: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audit_person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=254), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("audit_person", schema=None) as batch_op:
        batch_op.alter_column("email", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("audit_person", schema=None) as batch_op:
        batch_op.drop_column("reminded_at")
        batch_op.drop_column("email")
