"""keep the day of a sanction beside a reduction.

Revision ID: 0052
Follows: 0051
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pay_reduction") as batch:
        batch.add_column(sa.Column("sanctioned_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("pay_reduction") as batch:
        batch.drop_column("sanctioned_on")
