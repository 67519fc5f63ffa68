"""keep who helps, and what a remedy chose.

Revision ID: 0054
Follows: 0053
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("started_remedy", sa.Column("chosen", sa.String(length=80), nullable=False, server_default=""))
    with op.batch_alter_table("started_remedy", schema=None) as batch_op:
        batch_op.alter_column("chosen", server_default=None)
    op.create_table(
        "support_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("remedy_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(team_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_support_person_for_whom")
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_support_person_days")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_person_person_id_person")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_support_person_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_support_person_team_id_team")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_support_person_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_person")),
    )
    with op.batch_alter_table("support_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_person_rollout_id"), ["rollout_id"], unique=False)


def downgrade() -> None:
    op.drop_table("support_person")
    with op.batch_alter_table("started_remedy", schema=None) as batch_op:
        batch_op.drop_column("chosen")
