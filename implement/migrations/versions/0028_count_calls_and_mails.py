"""count calls and mails.

Revision ID: 0028
Follows: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counted_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("crm_user", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=4), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("channel IN ('call', 'mail')", name=op.f("ck_counted_calls_channel")),
        sa.CheckConstraint("direction IN ('', 'in', 'out')", name=op.f("ck_counted_calls_direction")),
        sa.CheckConstraint("count > 0 AND crm_user <> ''", name=op.f("ck_counted_calls_counted")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_counted_calls_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_calls")),
        sa.UniqueConstraint(
            "rollout_id", "crm_user", "day", "channel", "direction",
            name=op.f("uq_counted_calls_rollout_id_crm_user_day_channel_direction"),
        ),
    )  # fmt: skip
    op.create_index("ix_counted_calls_day", "counted_calls", ["rollout_id", "day"])


def downgrade() -> None:
    op.drop_table("counted_calls")
