"""keep what is wrong with old tables.

Revision ID: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer_health_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows_sha256", sa.String(length=64), nullable=True),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("side IN ('source', 'target')", name=op.f("ck_transfer_health_check_side")),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (rows_sha256 IS NULL)", name=op.f("ck_transfer_health_check_finished")
        ),
        sa.ForeignKeyConstraint(["begun_by_id"], ["user.id"], name=op.f("fk_transfer_health_check_begun_by_id_user")),
        sa.ForeignKeyConstraint(
            ["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_health_check_rollout_id_rollout")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_health_check")),
        sa.UniqueConstraint("rollout_id", "number", name=op.f("uq_transfer_health_check_rollout_id_number")),
    )
    op.create_table(
        "transfer_ailment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("concerned", sa.BigInteger(), nullable=False),
        sa.Column("of_rows", sa.BigInteger(), nullable=False),
        sa.Column("parent_name", sa.Text(), nullable=False),
        sa.Column("where_column", sa.Text(), nullable=False),
        sa.Column("where_values", sa.JSON(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"], ["transfer_health_check.id"], name=op.f("fk_transfer_ailment_check_id_transfer_health_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_ailment")),
        sa.UniqueConstraint("check_id", "number", name=op.f("uq_transfer_ailment_check_id_number")),
    )


def downgrade() -> None:
    op.drop_table("transfer_ailment")
    op.drop_table("transfer_health_check")
