"""keep functions and fields.

Revision ID: 0020
Follows: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crm_function",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("counted_as", sa.String(length=20), nullable=False),
        sa.Column("introduced_on", sa.Date(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("yearly_cost_minor", sa.Integer(), nullable=True),
        sa.CheckConstraint("seats IS NULL OR seats > 0", name=op.f("ck_crm_function_seats")),
        sa.CheckConstraint(
            "yearly_cost_minor IS NULL OR yearly_cost_minor >= 0", name=op.f("ck_crm_function_cost")
        ),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_crm_function_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_function")),
        sa.UniqueConstraint("rollout_id", "name", name=op.f("uq_crm_function_rollout_id_name")),
    )
    op.create_table(
        "crm_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("entries_a_week", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("hourly_cost_minor", sa.Integer(), nullable=False),
        sa.Column("read_in", sa.Text(), nullable=False),
        sa.CheckConstraint("seconds > 0 AND hourly_cost_minor >= 0", name=op.f("ck_crm_field_effort")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_crm_field_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_field")),
        sa.UniqueConstraint("rollout_id", "name", name=op.f("uq_crm_field_rollout_id_name")),
    )


def downgrade() -> None:
    op.drop_table("crm_field")
    op.drop_table("crm_function")
