"""keep exit reports.

Revision ID: 0048
Follows: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exit_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=6), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("extended_until", sa.Date(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("html_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(verdict = 'extend') = (extended_until IS NOT NULL)", name=op.f("ck_exit_report_extended")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_exit_report_reason")),
        sa.CheckConstraint("verdict IN ('go', 'extend', 'no_go')", name=op.f("ck_exit_report_verdict")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_exit_report_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_exit_report_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_report")),
        sa.UniqueConstraint("wave_id", "number", name=op.f("uq_exit_report_wave_id_number")),
    )
    with op.batch_alter_table("exit_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exit_report_rollout_id"), ["rollout_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("exit_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exit_report_rollout_id"))

    op.drop_table("exit_report")
