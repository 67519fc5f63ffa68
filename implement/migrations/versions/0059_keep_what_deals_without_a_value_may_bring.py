"""keep what open deals without a value are likely to bring.

Revision ID: 0059
Follows: 0058
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("transfer_run_risk") as batch:
        batch.add_column(sa.Column("likely_minor", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("transfer_run_risk") as batch:
        batch.drop_column("likely_minor")
