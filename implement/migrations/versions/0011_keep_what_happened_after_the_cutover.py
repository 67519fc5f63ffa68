"""keep what happened after the cutover.

Revision ID: 0011
Follows: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer_drift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("exported_on", sa.Date(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("missing_tables", sa.JSON(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("engine", sa.String(length=80), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("findings_sha256", sa.String(length=64), nullable=True),
        sa.Column("findings", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (findings_sha256 IS NULL)", name=op.f("ck_transfer_drift_finished")
        ),
        sa.ForeignKeyConstraint(["begun_by_id"], ["user.id"], name=op.f("fk_transfer_drift_begun_by_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_drift_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["run_id"], ["transfer_run.id"], name=op.f("fk_transfer_drift_run_id_transfer_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_drift")),
        sa.UniqueConstraint("rollout_id", "number", name=op.f("uq_transfer_drift_rollout_id_number")),
    )
    op.create_table(
        "transfer_drift_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drift_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("table_now", sa.Text(), nullable=False),
        sa.Column("transferred", sa.BigInteger(), nullable=False),
        sa.Column("untouched", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.BigInteger(), nullable=False),
        sa.Column("concerned", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("pairs", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["drift_id"], ["transfer_drift.id"], name=op.f("fk_transfer_drift_total_drift_id_transfer_drift")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_drift_total")),
        sa.UniqueConstraint("drift_id", "table_name", name=op.f("uq_transfer_drift_total_drift_id_table_name")),
    )


def downgrade() -> None:
    op.drop_table("transfer_drift_total")
    op.drop_table("transfer_drift")
