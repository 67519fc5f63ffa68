"""keep the first month of control.

Revision ID: 0018
Follows: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_control",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("head_minutes", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_team_control_days")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_team_control_by_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_team_control_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_control_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_control")),
        sa.UniqueConstraint("team_id", "starts_on", name=op.f("uq_team_control_team_id_starts_on")),
    )
    with op.batch_alter_table("team_control", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_control_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "team_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("control_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("owner_name", sa.String(length=200), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ticked_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(ticked_at IS NULL) = (evidence = '')", name=op.f("ck_team_check_ticked")),
        sa.ForeignKeyConstraint(
            ["control_id"], ["team_control.id"], name=op.f("fk_team_check_control_id_team_control")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_team_check_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_check")),
        sa.UniqueConstraint("control_id", "item", "due", name=op.f("uq_team_check_control_id_item_due")),
    )
    with op.batch_alter_table("team_check", schema=None) as batch_op:
        batch_op.create_index("ix_team_check_owner", ["owner_id", "due"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("team_check", schema=None) as batch_op:
        batch_op.drop_index("ix_team_check_owner")

    op.drop_table("team_check")
    with op.batch_alter_table("team_control", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_control_rollout_id"))

    op.drop_table("team_control")
