"""keep activity plans.

Revision ID: 0043
Follows: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_counting",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("kpi_keys", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_activity_counting_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", name=op.f("pk_activity_counting")),
    )
    op.create_table(
        "activity_kpi",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("gamed", sa.Text(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("about", sa.String(length=8), nullable=False),
        sa.Column("rule", sa.String(length=12), nullable=False),
        sa.Column("record", sa.String(length=20), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("lower_is_better", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("typing_minutes", sa.Integer(), nullable=False),
        sa.Column("beside", sa.String(length=60), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("about IN ('process', 'result')", name=op.f("ck_activity_kpi_about")),
        sa.CheckConstraint(
            "rule IN ('kept', 'late', 'incomplete', 'distinct', 'won', 'report')", name=op.f("ck_activity_kpi_rule")
        ),
        sa.CheckConstraint("side IN ('volume', 'quality')", name=op.f("ck_activity_kpi_side")),
        sa.CheckConstraint("minutes >= typing_minutes AND typing_minutes >= 0", name=op.f("ck_activity_kpi_minutes")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_activity_kpi_by_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_activity_kpi_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_kpi")),
        sa.UniqueConstraint("rollout_id", "key", name=op.f("uq_activity_kpi_rollout_id_key")),
    )
    op.create_table(
        "activity_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_activity_period_days")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_activity_period_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_period")),
        sa.UniqueConstraint("rollout_id", "first_day", name=op.f("uq_activity_period_rollout_id_first_day")),
    )
    op.create_table(
        "activity_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("minutes_a_day", sa.Integer(), nullable=False),
        sa.Column("productive_bp", sa.Integer(), nullable=False),
        sa.Column("most_typing_minutes", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes_a_day BETWEEN 60 AND 720", name=op.f("ck_activity_plan_day")),
        sa.CheckConstraint("most_typing_minutes >= 0", name=op.f("ck_activity_plan_typing")),
        sa.CheckConstraint("productive_bp BETWEEN 1 AND 10000", name=op.f("ck_activity_plan_productive")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_activity_plan_by_id_user")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["activity_period.id"], name=op.f("fk_activity_plan_period_id_activity_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_plan")),
        sa.UniqueConstraint("period_id", "role", name=op.f("uq_activity_plan_period_id_role")),
    )
    op.create_table(
        "activity_plan_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kpi_key", sa.String(length=60), nullable=False),
        sa.Column("weight_bp", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("typing_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "minutes >= typing_minutes AND typing_minutes >= 0", name=op.f("ck_activity_plan_item_minutes")
        ),
        sa.CheckConstraint("weight_bp BETWEEN 0 AND 10000", name=op.f("ck_activity_plan_item_weight")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["activity_plan.id"], name=op.f("fk_activity_plan_item_plan_id_activity_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_plan_item")),
        sa.UniqueConstraint("plan_id", "kpi_key", name=op.f("uq_activity_plan_item_plan_id_kpi_key")),
    )
    op.create_table(
        "activity_count",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kpi_key", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.CheckConstraint("counted > 0", name=op.f("ck_activity_count_counted")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_activity_count_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "kpi_key", "day", name=op.f("pk_activity_count")),
    )
    op.create_table(
        "activity_coverage",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_activity_coverage_person_id_person")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_activity_coverage_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_activity_coverage")),
    )
    with op.batch_alter_table("activity_coverage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_coverage_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "activity_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_activity_delivery_by_id_user")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["activity_period.id"], name=op.f("fk_activity_delivery_period_id_activity_period")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_activity_delivery_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_delivery")),
        sa.UniqueConstraint(
            "period_id", "person_id", "number", name=op.f("uq_activity_delivery_period_id_person_id_number")
        ),
    )
    with op.batch_alter_table("activity_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_delivery_person_id"), ["person_id"], unique=False)

    op.create_table(
        "activity_miss_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kpi_key", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_activity_miss_reason_by_id_user")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["activity_period.id"], name=op.f("fk_activity_miss_reason_period_id_activity_period")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_activity_miss_reason_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_miss_reason")),
        sa.UniqueConstraint(
            "period_id", "person_id", "kpi_key", name=op.f("uq_activity_miss_reason_period_id_person_id_kpi_key")
        ),
    )
    with op.batch_alter_table("activity_miss_reason", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_miss_reason_person_id"), ["person_id"], unique=False)

    op.create_table(
        "activity_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kpi_key", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reported >= 0", name=op.f("ck_activity_report_reported")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_activity_report_by_id_user")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_activity_report_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_report")),
    )
    with op.batch_alter_table("activity_report", schema=None) as batch_op:
        batch_op.create_index("ix_activity_report_by_day", ["person_id", "day"], unique=False)

    op.create_table(
        "activity_settling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kpi_key", sa.String(length=60), nullable=False),
        sa.Column("holds", sa.String(length=8), nullable=False),
        sa.Column("crm", sa.Integer(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("holds IN ('crm', 'report')", name=op.f("ck_activity_settling_holds")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_activity_settling_by_id_user")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["activity_period.id"], name=op.f("fk_activity_settling_period_id_activity_period")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_activity_settling_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_settling")),
    )
    with op.batch_alter_table("activity_settling", schema=None) as batch_op:
        batch_op.create_index("ix_activity_settling_by_person", ["period_id", "person_id"], unique=False)

    op.create_table(
        "activity_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kpi_key", sa.String(length=60), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("target > 0 OR (target IS NULL AND reason <> '')", name=op.f("ck_activity_target_said")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["activity_period.id"], name=op.f("fk_activity_target_period_id_activity_period")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_activity_target_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_target")),
        sa.UniqueConstraint(
            "period_id", "person_id", "kpi_key", name=op.f("uq_activity_target_period_id_person_id_kpi_key")
        ),
    )
    with op.batch_alter_table("activity_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_target_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sales_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("quota_minor", sa.BigInteger(), nullable=False),
        sa.Column("sold_minor", sa.BigInteger(), nullable=True),
        sa.Column("territory", sa.String(length=200), nullable=False),
        sa.Column("shortfall", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(team_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_sales_quota_whose")),
        sa.CheckConstraint("quota_minor >= 0", name=op.f("ck_sales_quota_quota")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["activity_period.id"], name=op.f("fk_sales_quota_period_id_activity_period")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sales_quota_person_id_person")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_sales_quota_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_quota")),
        sa.UniqueConstraint("period_id", "person_id", name=op.f("uq_sales_quota_period_id_person_id")),
        sa.UniqueConstraint("period_id", "team_id", name=op.f("uq_sales_quota_period_id_team_id")),
    )


def downgrade() -> None:
    op.drop_table("sales_quota")
    with op.batch_alter_table("activity_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_target_person_id"))

    op.drop_table("activity_target")
    with op.batch_alter_table("activity_settling", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_settling_by_person")

    op.drop_table("activity_settling")
    with op.batch_alter_table("activity_report", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_report_by_day")

    op.drop_table("activity_report")
    with op.batch_alter_table("activity_miss_reason", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_miss_reason_person_id"))

    op.drop_table("activity_miss_reason")
    with op.batch_alter_table("activity_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_delivery_person_id"))

    op.drop_table("activity_delivery")
    with op.batch_alter_table("activity_coverage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_coverage_rollout_id"))

    op.drop_table("activity_coverage")
    op.drop_table("activity_count")
    op.drop_table("activity_plan_item")
    op.drop_table("activity_plan")
    op.drop_table("activity_period")
    op.drop_table("activity_kpi")
    op.drop_table("activity_counting")
