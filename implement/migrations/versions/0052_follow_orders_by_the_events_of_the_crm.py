"""follow orders by the events of the CRM.

Revision ID: 0052
Follows: 0051
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

KIND, TOLD_BY = "ck_rehearsal_kind", ("order_chain", "order_step")


def upgrade() -> None:
    for table in TOLD_BY:
        op.add_column(table, sa.Column("told_by", sa.JSON(), nullable=False, server_default="[]"))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("told_by", server_default=None)
    _say_kinds("kind IN ('simulated', 'imported', 'live', 'events')")
    op.create_table(
        "order_following",
        sa.Column("rehearsal_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["rehearsal_id"], ["rehearsal.id"], name=op.f("fk_order_following_rehearsal_id_rehearsal")
        ),
        sa.PrimaryKeyConstraint("rehearsal_id", name=op.f("pk_order_following")),
    )


def downgrade() -> None:
    op.drop_table("order_following")
    gone = "SELECT id FROM rehearsal WHERE kind = 'events'"
    op.execute(f"DELETE FROM order_clock WHERE rehearsal_id IN ({gone})")
    op.execute("DELETE FROM rehearsal WHERE kind = 'events'")
    _say_kinds("kind IN ('simulated', 'imported', 'live')")
    for table in TOLD_BY:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("told_by")


def _say_kinds(condition: str) -> None:
    with op.batch_alter_table("rehearsal", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(KIND), type_="check")
        batch_op.create_check_constraint(op.f(KIND), condition)
