"""keep rounds of the pulse survey.

Revision ID: 0008
Follows: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pulse_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("is_reminded", sa.Boolean(), nullable=False),
        sa.Column("results", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_pulse_round_days")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_pulse_round_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_round")),
        sa.UniqueConstraint("rollout_id", "number", name=op.f("uq_pulse_round_rollout_id_number")),
    )
    op.create_table(
        "pulse_mark",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["pulse_round.id"], name=op.f("fk_pulse_mark_round_id_pulse_round")),
        sa.PrimaryKeyConstraint("round_id", "mark", name=op.f("pk_pulse_mark")),
    )
    op.create_table(
        "pulse_tally",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.String(length=40), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.CheckConstraint("ballots >= 0", name=op.f("ck_pulse_tally_counted")),
        sa.ForeignKeyConstraint(["round_id"], ["pulse_round.id"], name=op.f("fk_pulse_tally_round_id_pulse_round")),
        sa.PrimaryKeyConstraint("round_id", "group_key", name=op.f("pk_pulse_tally")),
    )


def downgrade() -> None:
    for table in ("pulse_tally", "pulse_mark", "pulse_round"):
        op.drop_table(table)
