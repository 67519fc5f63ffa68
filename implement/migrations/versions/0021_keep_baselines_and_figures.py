"""keep baselines and figures.

Revision ID: 0021
Follows: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("low", sa.String(length=40), nullable=True),
        sa.Column("high", sa.String(length=40), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("origin IN ('typed', 'computed')", name=op.f("ck_baseline_origin")),
        sa.CheckConstraint("n IS NULL OR n >= 0", name=op.f("ck_baseline_counted")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_baseline_by_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_baseline_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
        sa.UniqueConstraint("rollout_id", "measure", name=op.f("uq_baseline_rollout_id_measure")),
    )
    op.create_table(
        "typed_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("n IS NULL OR n >= 0", name=op.f("ck_typed_figure_counted")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_typed_figure_by_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_typed_figure_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typed_figure")),
    )
    op.create_index(op.f("ix_typed_figure_rollout_id"), "typed_figure", ["rollout_id"])


def downgrade() -> None:
    op.drop_table("typed_figure")
    op.drop_table("baseline")
