"""keep remedies that were started.

Revision ID: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "started_remedy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("remedy", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("owner_name", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("judge_on", sa.Date(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("stop_reason", sa.Text(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effect", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stopped_on IS NULL OR stop_reason <> ''", name=op.f("ck_started_remedy_stopped")),
        sa.CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name=op.f("ck_started_remedy_for_whom")),
        sa.CheckConstraint("judge_on > starts_on", name=op.f("ck_started_remedy_days")),
        sa.CheckConstraint("judged_at IS NULL OR stopped_on IS NULL", name=op.f("ck_started_remedy_one_end")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_started_remedy_by_id_user")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_started_remedy_owner_id_user")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_started_remedy_person_id_person")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_started_remedy_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_started_remedy_task_id_task")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_started_remedy_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_started_remedy")),
    )
    with op.batch_alter_table("started_remedy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_started_remedy_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_started_remedy_rollout_id"), ["rollout_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_started_remedy_team_id"), ["team_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("started_remedy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_started_remedy_team_id"))
        batch_op.drop_index(batch_op.f("ix_started_remedy_rollout_id"))
        batch_op.drop_index(batch_op.f("ix_started_remedy_person_id"))

    op.drop_table("started_remedy")
