"""keep texts being written.

Revision ID: 0034
Follows: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "regulation_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("regulation_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('regulation', 'agreement')", name=op.f("ck_regulation_draft_kind")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_regulation_draft_by_id_user")),
        sa.ForeignKeyConstraint(
            ["regulation_id"], ["regulation.id"], name=op.f("fk_regulation_draft_regulation_id_regulation")
        ),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_regulation_draft_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regulation_draft")),
        sa.UniqueConstraint("regulation_id", name=op.f("uq_regulation_draft_regulation_id")),
    )
    with op.batch_alter_table("regulation_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regulation_draft_rollout_id"), ["rollout_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("regulation_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regulation_draft_rollout_id"))

    op.drop_table("regulation_draft")
