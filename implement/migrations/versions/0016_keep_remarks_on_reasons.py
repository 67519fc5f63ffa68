"""keep remarks on reasons.

Revision ID: 0016
Follows: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reason_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("signal", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (outcome = '')", name=op.f("ck_reason_remark_answered")),
        sa.CheckConstraint("kind IN ('comment', 'contest')", name=op.f("ck_reason_remark_kind")),
        sa.CheckConstraint("outcome IN ('', 'stands', 'withdrawn')", name=op.f("ck_reason_remark_outcome")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_reason_remark_by_id_user")),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_reason_remark_evaluation_id_evaluation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reason_remark_person_id_person")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_reason_remark_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_reason_remark_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_remark")),
    )
    with op.batch_alter_table("reason_remark", schema=None) as batch_op:
        batch_op.create_index("ix_reason_remark_person", ["rollout_id", "person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("reason_remark", schema=None) as batch_op:
        batch_op.drop_index("ix_reason_remark_person")

    op.drop_table("reason_remark")
