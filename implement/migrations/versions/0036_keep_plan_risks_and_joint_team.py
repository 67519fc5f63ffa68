"""keep plan risks and joint team.

Revision ID: 0036
Follows: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crm_backup",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("interval_hours", sa.Integer(), nullable=True),
        sa.Column("has_outside", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("restored_on", sa.Date(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("interval_hours IS NULL OR interval_hours > 0", name=op.f("ck_crm_backup_interval")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_crm_backup_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", name=op.f("pk_crm_backup")),
    )
    op.create_table(
        "mandate_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("delay_reason", sa.String(length=300), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("what <> '' AND supplier <> ''", name=op.f("ck_mandate_line_said")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_mandate_line_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_line")),
    )
    with op.batch_alter_table("mandate_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandate_line_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "plan_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("step_key", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("done_percent", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("days BETWEEN 0 AND 260", name=op.f("ck_plan_step_days")),
        sa.CheckConstraint("done_percent BETWEEN 0 AND 100", name=op.f("ck_plan_step_done")),
        sa.CheckConstraint(
            "ended_on IS NULL OR (began_on IS NOT NULL AND began_on <= ended_on)", name=op.f("ck_plan_step_order")
        ),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_plan_step_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
        sa.UniqueConstraint("rollout_id", "step_key", name=op.f("uq_plan_step_rollout_id_step_key")),
    )
    op.create_table(
        "risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("rule_key", sa.String(length=80), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("prevention", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("budget_minor", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("rule_key IS NOT NULL OR title <> ''", name=op.f("ck_risk_title")),
        sa.CheckConstraint("state IN ('open', 'watched', 'happened', 'closed')", name=op.f("ck_risk_state")),
        sa.CheckConstraint("budget_minor IS NULL OR budget_minor >= 0", name=op.f("ck_risk_budget")),
        sa.CheckConstraint("likelihood BETWEEN 1 AND 4 AND impact BETWEEN 1 AND 4", name=op.f("ck_risk_size")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_risk_owner_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_risk_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk")),
        sa.UniqueConstraint("rollout_id", "rule_key", name=op.f("uq_risk_rollout_id_rule_key")),
    )
    op.create_table(
        "rollout_plan",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("template_key", sa.String(length=80), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("promised", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_rollout_plan_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", name=op.f("pk_rollout_plan")),
    )
    op.create_table(
        "team_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=30), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("gain", sa.Text(), nullable=False),
        sa.Column("hours_a_week", sa.Integer(), nullable=True),
        sa.Column("will_use", sa.Boolean(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> '' AND duty <> ''", name=op.f("ck_team_part_said")),
        sa.CheckConstraint("side IN ('client', 'consultancy', 'vendor')", name=op.f("ck_team_part_side")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_team_part_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_part")),
    )
    with op.batch_alter_table("team_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_part_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "third_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("holds", sa.String(length=300), nullable=False),
        sa.Column("country", sa.String(length=80), nullable=False),
        sa.Column("contract", sa.String(length=300), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> '' AND holds <> ''", name=op.f("ck_third_party_said")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_third_party_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_third_party")),
    )
    with op.batch_alter_table("third_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_third_party_rollout_id"), ["rollout_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("third_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_third_party_rollout_id"))

    op.drop_table("third_party")
    with op.batch_alter_table("team_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_part_rollout_id"))

    op.drop_table("team_part")
    op.drop_table("rollout_plan")
    op.drop_table("risk")
    op.drop_table("plan_step")
    with op.batch_alter_table("mandate_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mandate_line_rollout_id"))

    op.drop_table("mandate_line")
    op.drop_table("crm_backup")
