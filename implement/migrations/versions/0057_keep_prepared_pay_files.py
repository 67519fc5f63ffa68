"""keep the files for payroll that were prepared with a run.

Revision ID: 0057
Follows: 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pay_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pay_sha256", sa.String(length=64), nullable=False),
        sa.Column("office_sha256", sa.String(length=64), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("fault_count", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(sha256 = '') = (fault_count > 0)", name=op.f("ck_pay_file_file_or_faults")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_pay_file_by_id_user")),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_pay_file_run_id_pay_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_file")),
        sa.UniqueConstraint("run_id", "edition", "kind", name=op.f("uq_pay_file_run_id_edition_kind")),
    )


def downgrade() -> None:
    op.drop_table("pay_file")
