"""Keep the repair files that were asked for.

Revision ID: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer_repair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.CheckConstraint("(made_at IS NULL) = (sha256 IS NULL)", name=op.f("ck_transfer_repair_made")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_transfer_repair_asked_by_id_user")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["transfer_case.id"], name=op.f("fk_transfer_repair_case_id_transfer_case")
        ),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_repair_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["run_id"], ["transfer_run.id"], name=op.f("fk_transfer_repair_run_id_transfer_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_repair")),
    )
    with op.batch_alter_table("transfer_repair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_repair_rollout_id"), ["rollout_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("transfer_repair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_repair_rollout_id"))

    op.drop_table("transfer_repair")
