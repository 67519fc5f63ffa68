"""keep evidence of resistance.

Revision ID: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person_score") as batch:
        batch.add_column(sa.Column("resistance_score", sa.Float(), nullable=True))
        batch.add_column(sa.Column("is_flagged", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("evidence", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("person_score") as batch:
        batch.alter_column("is_flagged", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
        batch.alter_column("evidence", existing_type=sa.JSON(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("person_score") as batch:
        batch.drop_column("evidence")
        batch.drop_column("is_flagged")
        batch.drop_column("resistance_score")
