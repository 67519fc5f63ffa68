"""keep pay rules and runs.

Revision ID: 0044
Follows: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE rollout SET pay_policy = 'incentives' WHERE pay_policy = 'none'")
    op.create_table(
        "pay_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_pay_rule_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_rule")),
        sa.UniqueConstraint("rollout_id", "name", name=op.f("uq_pay_rule_rollout_id_name")),
    )
    op.create_table(
        "pay_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("adjusts_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("plan_sha256", sa.String(length=64), nullable=False),
        sa.Column("basis_sha256", sa.String(length=64), nullable=False),
        sa.Column("pay_sha256", sa.String(length=64), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("computed_by_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'adjustment') = (adjusts_id IS NOT NULL)", name=op.f("ck_pay_run_adjusts")),
        sa.CheckConstraint(
            "kind <> 'simulation' OR state IN ('draft', 'computed')", name=op.f("ck_pay_run_simulation")
        ),
        sa.CheckConstraint("kind IN ('regular', 'adjustment', 'simulation')", name=op.f("ck_pay_run_kind")),
        sa.CheckConstraint(
            "state = 'draft' OR (pay_sha256 <> '' AND computed_by_id IS NOT NULL)", name=op.f("ck_pay_run_frozen")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'computed', 'checked', 'approved', 'exported', 'closed')", name=op.f("ck_pay_run_state")
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_pay_run_days")),
        sa.ForeignKeyConstraint(["adjusts_id"], ["pay_run.id"], name=op.f("fk_pay_run_adjusts_id_pay_run")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_pay_run_by_id_user")),
        sa.ForeignKeyConstraint(["computed_by_id"], ["user.id"], name=op.f("fk_pay_run_computed_by_id_user")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_pay_run_job_id_job")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_pay_run_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_run")),
        sa.UniqueConstraint("rollout_id", "number", name=op.f("uq_pay_run_rollout_id_number")),
    )
    op.create_table(
        "pay_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=120), nullable=False),
        sa.Column("kpi", sa.String(length=120), nullable=False),
        sa.Column("actual", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_pay_correction_by_id_user")),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_pay_correction_run_id_pay_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_correction")),
        sa.UniqueConstraint("run_id", "entry", "kpi", name=op.f("uq_pay_correction_run_id_entry_kpi")),
    )
    op.create_table(
        "pay_rule_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("editors", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(released_at IS NULL) = (released_by_id IS NULL)", name=op.f("ck_pay_rule_version_released")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_pay_rule_version_by_id_user")),
        sa.ForeignKeyConstraint(["released_by_id"], ["user.id"], name=op.f("fk_pay_rule_version_released_by_id_user")),
        sa.ForeignKeyConstraint(["rule_id"], ["pay_rule.id"], name=op.f("fk_pay_rule_version_rule_id_pay_rule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_rule_version")),
        sa.UniqueConstraint("rule_id", "number", name=op.f("uq_pay_rule_version_rule_id_number")),
    )
    op.create_table(
        "pay_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("pay_sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_pay_step_by_id_user")),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_pay_step_run_id_pay_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_step")),
    )
    with op.batch_alter_table("pay_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pay_step_run_id"), ["run_id"], unique=False)

    op.create_table(
        "pay_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kpi", sa.String(length=120), nullable=False),
        sa.Column("payout", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_pay_decision_by_id_user")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pay_decision_person_id_person")),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_pay_decision_run_id_pay_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_decision")),
    )
    with op.batch_alter_table("pay_decision", schema=None) as batch_op:
        batch_op.create_index("ix_pay_decision_run_id", ["run_id", "person_id"], unique=False)

    op.create_table(
        "pay_reduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=120), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_words", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("approved_at IS NULL OR heard_at IS NOT NULL", name=op.f("ck_pay_reduction_heard")),
        sa.CheckConstraint("approved_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_pay_reduction_withdrawn")),
        sa.CheckConstraint("approved_by_id IS NULL OR approved_by_id <> by_id", name=op.f("ck_pay_reduction_second")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_pay_reduction_approved_by_id_user")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_pay_reduction_by_id_user")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pay_reduction_person_id_person")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_pay_reduction_rollout_id_rollout")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["regulation_version.id"], name=op.f("fk_pay_reduction_version_id_regulation_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_reduction")),
    )
    with op.batch_alter_table("pay_reduction", schema=None) as batch_op:
        batch_op.create_index("ix_pay_reduction_person_id", ["person_id", "happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_reduction_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "pay_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pay_statement_person_id_person")),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_pay_statement_run_id_pay_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_statement")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_pay_statement_run_id_number")),
    )
    with op.batch_alter_table("pay_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pay_statement_person_id"), ["person_id"], unique=False)

    op.create_table(
        "variable_pay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("variable_minor", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("variable_minor >= 0", name=op.f("ck_variable_pay_amount")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_variable_pay_by_id_user")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_variable_pay_person_id_person")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_variable_pay_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["rule_id"], ["pay_rule.id"], name=op.f("fk_variable_pay_rule_id_pay_rule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variable_pay")),
    )
    with op.batch_alter_table("variable_pay", schema=None) as batch_op:
        batch_op.create_index("ix_variable_pay_person_id", ["person_id", "valid_from"], unique=False)
        batch_op.create_index(batch_op.f("ix_variable_pay_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "pay_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=120), nullable=False),
        sa.Column("part", sa.String(length=260), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("adjusts_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["adjusts_id"], ["pay_line.id"], name=op.f("fk_pay_line_adjusts_id_pay_line")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["pay_statement.id"], name=op.f("fk_pay_line_statement_id_pay_statement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_line")),
        sa.UniqueConstraint("statement_id", "entry", "part", name=op.f("uq_pay_line_statement_id_entry_part")),
    )
    op.create_table(
        "pay_dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("adjustment_id", sa.Integer(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f("ck_pay_dispute_answered")),
        sa.CheckConstraint("answer = '' OR reason <> ''", name=op.f("ck_pay_dispute_reason")),
        sa.CheckConstraint("answer IN ('', 'adjusted', 'rejected')", name=op.f("ck_pay_dispute_answer")),
        sa.CheckConstraint("answered_by_id IS NULL OR answered_by_id <> by_id", name=op.f("ck_pay_dispute_another")),
        sa.ForeignKeyConstraint(["adjustment_id"], ["pay_run.id"], name=op.f("fk_pay_dispute_adjustment_id_pay_run")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_pay_dispute_answered_by_id_user")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_pay_dispute_by_id_user")),
        sa.ForeignKeyConstraint(["line_id"], ["pay_line.id"], name=op.f("fk_pay_dispute_line_id_pay_line")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["pay_statement.id"], name=op.f("fk_pay_dispute_statement_id_pay_statement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_dispute")),
    )
    with op.batch_alter_table("pay_dispute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pay_dispute_statement_id"), ["statement_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pay_dispute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_dispute_statement_id"))

    op.drop_table("pay_dispute")
    op.drop_table("pay_line")
    with op.batch_alter_table("variable_pay", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_variable_pay_rollout_id"))
        batch_op.drop_index("ix_variable_pay_person_id")

    op.drop_table("variable_pay")
    with op.batch_alter_table("pay_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_statement_person_id"))

    op.drop_table("pay_statement")
    with op.batch_alter_table("pay_reduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_reduction_rollout_id"))
        batch_op.drop_index("ix_pay_reduction_person_id")

    op.drop_table("pay_reduction")
    with op.batch_alter_table("pay_decision", schema=None) as batch_op:
        batch_op.drop_index("ix_pay_decision_run_id")

    op.drop_table("pay_decision")
    with op.batch_alter_table("pay_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_step_run_id"))

    op.drop_table("pay_step")
    op.drop_table("pay_rule_version")
    op.drop_table("pay_correction")
    op.drop_table("pay_run")
    op.drop_table("pay_rule")
