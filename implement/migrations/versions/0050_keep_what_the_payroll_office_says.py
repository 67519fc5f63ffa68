"""keep what the payroll office says.

Revision ID: 0050
Follows: 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payroll_office",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_payroll_office_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", name=op.f("pk_payroll_office")),
    )


def downgrade() -> None:
    op.drop_table("payroll_office")
