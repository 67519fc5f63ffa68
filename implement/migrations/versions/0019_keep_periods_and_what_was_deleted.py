"""keep periods and what was deleted.

Revision ID: 0019
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doomed_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_doomed_file")),
    )
    op.create_table(
        "retention_period",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days > 0 AND reason <> ''", name=op.f("ck_retention_period_said")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_retention_period_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", "kind", name=op.f("pk_retention_period")),
    )
    op.create_table(
        "disposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("before_day", sa.Date(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("file_count", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_disposal_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal")),
    )
    with op.batch_alter_table("disposal", schema=None) as batch_op:
        batch_op.create_index("ix_disposal_rollout", ["rollout_id", "id"], unique=False)
    with op.batch_alter_table("usage_basis", schema=None) as batch_op:
        batch_op.add_column(sa.Column("events_from", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("usage_basis", schema=None) as batch_op:
        batch_op.drop_column("events_from")
    with op.batch_alter_table("disposal", schema=None) as batch_op:
        batch_op.drop_index("ix_disposal_rollout")
    op.drop_table("disposal")
    op.drop_table("retention_period")
    op.drop_table("doomed_file")
