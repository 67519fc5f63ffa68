"""keep batches of events from programs.

Revision ID: 0015
Follows: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("known_count", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_event_batch_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["token_id"], ["api_token.id"], name=op.f("fk_event_batch_token_id_api_token")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_batch")),
        sa.UniqueConstraint("rollout_id", "key", name=op.f("uq_event_batch_rollout_id_key")),
    )
    with op.batch_alter_table("event_batch", schema=None) as batch_op:
        batch_op.create_index("ix_event_batch_token", ["token_id", "at"], unique=False)
    with op.batch_alter_table("log_part", schema=None) as batch_op:
        batch_op.alter_column("upload_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM log_part WHERE upload_id IS NULL")
    with op.batch_alter_table("log_part", schema=None) as batch_op:
        batch_op.alter_column("upload_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("event_batch", schema=None) as batch_op:
        batch_op.drop_index("ix_event_batch_token")
    op.drop_table("event_batch")
