"""keep sources control totals and the cutover.

Revision ID: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer_control_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("equals", sa.Text(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=True),
        sa.Column("sum_column", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("counted_by", sa.String(length=200), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("read_from", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason = '')", name=op.f("ck_transfer_control_total_withdrawn")
        ),
        sa.CheckConstraint("counted_by <> '' AND read_from <> ''", name=op.f("ck_transfer_control_total_origin")),
        sa.CheckConstraint(
            "(row_count IS NULL) <> (amount_minor IS NULL)", name=op.f("ck_transfer_control_total_one_figure")
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_transfer_control_total_added_by_id_user")),
        sa.ForeignKeyConstraint(
            ["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_control_total_rollout_id_rollout")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_control_total")),
    )
    with op.batch_alter_table("transfer_control_total", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_control_total_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "transfer_cutover_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("run_number", sa.Integer(), nullable=True),
        sa.Column("source_rows", sa.BigInteger(), nullable=False),
        sa.Column("arrived", sa.BigInteger(), nullable=False),
        sa.Column("unexplained", sa.BigInteger(), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'way_back') = (ends_at IS NOT NULL)", name=op.f("ck_transfer_cutover_decision_ends_at")
        ),
        sa.CheckConstraint("kind IN ('go', 'no_go', 'way_back')", name=op.f("ck_transfer_cutover_decision_kind")),
        sa.CheckConstraint("name <> '' AND reason <> ''", name=op.f("ck_transfer_cutover_decision_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_transfer_cutover_decision_by_id_user")),
        sa.ForeignKeyConstraint(
            ["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_cutover_decision_rollout_id_rollout")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_cutover_decision")),
    )
    with op.batch_alter_table("transfer_cutover_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_cutover_decision_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "transfer_cutover_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("is_way_back", sa.Boolean(), nullable=False),
        sa.Column("owner_name", sa.String(length=200), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(done_at IS NULL) = (done_by = '')", name=op.f("ck_transfer_cutover_step_done")),
        sa.CheckConstraint("key <> '' OR title <> ''", name=op.f("ck_transfer_cutover_step_named")),
        sa.ForeignKeyConstraint(
            ["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_cutover_step_rollout_id_rollout")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_cutover_step")),
    )
    with op.batch_alter_table("transfer_cutover_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_cutover_step_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "transfer_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("owner_name", sa.String(length=200), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("exported_on", sa.Date(), nullable=True),
        sa.Column("mandate", sa.Text(), nullable=False),
        sa.Column("delay", sa.String(length=12), nullable=False),
        sa.Column("delay_note", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "delay IN ('', 'no_mandate', 'not_ready', 'not_allowed', 'other')", name=op.f("ck_transfer_source_delay")
        ),
        sa.CheckConstraint("name <> '' AND owner_name <> ''", name=op.f("ck_transfer_source_named")),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_transfer_source_added_by_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_source_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_source")),
        sa.UniqueConstraint("rollout_id", "name", name=op.f("uq_transfer_source_rollout_id_name")),
    )
    op.create_table(
        "transfer_held_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("total_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("in_files", sa.BigInteger(), nullable=True),
        sa.Column("in_crm", sa.BigInteger(), nullable=True),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("accepted_by", sa.String(length=200), nullable=False),
        sa.Column("accepted_reason", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(accepted_by = '') = (accepted_reason = '')", name=op.f("ck_transfer_held_total_accepted")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["transfer_run.id"], name=op.f("fk_transfer_held_total_run_id_transfer_run")
        ),
        sa.ForeignKeyConstraint(
            ["total_id"],
            ["transfer_control_total.id"],
            name=op.f("fk_transfer_held_total_total_id_transfer_control_total"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_held_total")),
        sa.UniqueConstraint("total_id", "run_id", name=op.f("uq_transfer_held_total_total_id_run_id")),
    )
    with op.batch_alter_table("transfer_held_total", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_held_total_run_id"), ["run_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("transfer_held_total", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_held_total_run_id"))

    op.drop_table("transfer_held_total")
    op.drop_table("transfer_source")
    with op.batch_alter_table("transfer_cutover_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_cutover_step_rollout_id"))

    op.drop_table("transfer_cutover_step")
    with op.batch_alter_table("transfer_cutover_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_cutover_decision_rollout_id"))

    op.drop_table("transfer_cutover_decision")
    with op.batch_alter_table("transfer_control_total", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_control_total_rollout_id"))

    op.drop_table("transfer_control_total")
