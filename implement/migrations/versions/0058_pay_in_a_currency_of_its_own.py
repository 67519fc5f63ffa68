"""let people be paid in another currency than the deals have.

Revision ID: 0058
Follows: 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rollout") as batch:
        batch.add_column(sa.Column("pay_currency", sa.String(length=3), nullable=False, server_default=""))
    with op.batch_alter_table("rollout") as batch:
        batch.alter_column("pay_currency", existing_type=sa.String(length=3), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("rollout") as batch:
        batch.drop_column("pay_currency")
