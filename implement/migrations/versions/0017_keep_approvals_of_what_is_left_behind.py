"""keep approvals of what is left behind.

Revision ID: 0017
Follows: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer_left_behind_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_transfer_left_behind_approval_reason")),
        sa.CheckConstraint(
            "given_by_id <> approved_by_id", name=op.f("ck_transfer_left_behind_approval_second_person")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["user.id"], name=op.f("fk_transfer_left_behind_approval_approved_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["user.id"], name=op.f("fk_transfer_left_behind_approval_given_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_left_behind_approval_rollout_id_rollout")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_left_behind_approval")),
        sa.UniqueConstraint(
            "rollout_id",
            "table_name",
            "column_name",
            "reason",
            name=op.f("uq_transfer_left_behind_approval"),
        ),
    )


def downgrade() -> None:
    op.drop_table("transfer_left_behind_approval")
