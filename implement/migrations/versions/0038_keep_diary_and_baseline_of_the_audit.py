"""keep the diary of routine work and the baseline of the audit.

Revision ID: 0038
Follows: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_diary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column("results", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_audit_diary_days")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_audit_diary_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_diary")),
        sa.UniqueConstraint("rollout_id", "number", name=op.f("uq_audit_diary_rollout_id_number")),
    )
    op.create_table(
        "audit_diary_day",
        sa.Column("diary_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("group_name", sa.String(length=80), nullable=False),
        sa.Column("minutes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["diary_id"], ["audit_diary.id"], name=op.f("fk_audit_diary_day_diary_id_audit_diary")),
        sa.PrimaryKeyConstraint("diary_id", "mark", "day", name=op.f("pk_audit_diary_day")),
    )
    op.create_table(
        "audit_baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("low", sa.String(length=40), nullable=False),
        sa.Column("high", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("origin IN ('diary', 'list')", name=op.f("ck_audit_baseline_origin")),
        sa.CheckConstraint("n >= 0", name=op.f("ck_audit_baseline_counted")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_audit_baseline_by_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_audit_baseline_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_baseline")),
        sa.UniqueConstraint("rollout_id", "measure", name=op.f("uq_audit_baseline_rollout_id_measure")),
    )


def downgrade() -> None:
    op.drop_table("audit_baseline")
    op.drop_table("audit_diary_day")
    op.drop_table("audit_diary")
