"""keep the report that both sides sign.

Revision ID: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer_sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("html_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_transfer_sign_off_made_by_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_sign_off_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["run_id"], ["transfer_run.id"], name=op.f("fk_transfer_sign_off_run_id_transfer_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_sign_off")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_transfer_sign_off_run_id_number")),
    )
    op.create_index(op.f("ix_transfer_sign_off_rollout_id"), "transfer_sign_off", ["rollout_id"])


def downgrade() -> None:
    op.drop_table("transfer_sign_off")
