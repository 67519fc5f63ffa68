"""keep what was shown of groups, and who counted in them.

Revision ID: 0046
Follows: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shown_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_shown_figures_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_figures")),
        sa.UniqueConstraint("rollout_id", "kind", "monday", name=op.f("uq_shown_figures_rollout_id_kind_monday")),
    )
    op.create_table(
        "counted_staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_counted_staff_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_staff")),
        sa.UniqueConstraint("rollout_id", "monday", name=op.f("uq_counted_staff_rollout_id_monday")),
    )


def downgrade() -> None:
    op.drop_table("counted_staff")
    op.drop_table("shown_figures")
