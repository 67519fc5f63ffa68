"""let functions and fields be put back.

Revision ID: 0040
Follows: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("crm_function", "crm_field"):
        with op.batch_alter_table(table) as rows:
            rows.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in ("crm_function", "crm_field"):
        op.execute(f"DELETE FROM {table} WHERE removed_at IS NOT NULL")
        with op.batch_alter_table(table) as rows:
            rows.drop_column("removed_at")
