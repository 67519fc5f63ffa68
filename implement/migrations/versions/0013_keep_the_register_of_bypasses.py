"""keep the register of bypasses.

Revision ID: 0013
Follows: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bypass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("technical_measure", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> '' AND technical_measure <> '' AND rule <> ''", name=op.f("ck_bypass_filled")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_bypass_owner_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_bypass_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bypass")),
        sa.UniqueConstraint("rollout_id", "name", name=op.f("uq_bypass_rollout_id_name")),
    )
    op.create_table(
        "bypass_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bypass_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("still_used", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'narrowed', 'closed')", name=op.f("ck_bypass_note_state")),
        sa.CheckConstraint("still_used IS NULL OR still_used >= 0", name=op.f("ck_bypass_note_counted")),
        sa.ForeignKeyConstraint(["bypass_id"], ["bypass.id"], name=op.f("fk_bypass_note_bypass_id_bypass")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_bypass_note_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bypass_note")),
    )
    op.create_index(op.f("ix_bypass_note_bypass_id"), "bypass_note", ["bypass_id"])


def downgrade() -> None:
    op.drop_table("bypass_note")
    op.drop_table("bypass")
