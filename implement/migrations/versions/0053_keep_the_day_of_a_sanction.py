"""keep the day of a sanction beside a reduction.

Revision ID: 0053
Follows: 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pay_reduction") as batch:
        batch.add_column(sa.Column("sanctioned_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("pay_reduction") as batch:
        batch.drop_column("sanctioned_on")
