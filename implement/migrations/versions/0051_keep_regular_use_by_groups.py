"""keep regular use with the other figures of groups.

Revision ID: 0051
Follows: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("evaluation") as batch:
        batch.drop_column("regular")


def downgrade() -> None:
    with op.batch_alter_table("evaluation") as batch:
        batch.add_column(sa.Column("regular", sa.JSON(), nullable=False, server_default="{}"))
