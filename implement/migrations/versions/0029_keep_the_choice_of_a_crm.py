"""keep the choice of a CRM.

Revision ID: 0029
Follows: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_catalogue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("systems", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_catalogue")),
        sa.UniqueConstraint("catalogue_key", "version", name=op.f("uq_own_catalogue_catalogue_key_version")),
    )
    op.create_table(
        "choice_needs",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("users", sa.Integer(), nullable=True),
        sa.Column("records", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("hosting", sa.String(length=12), nullable=False),
        sa.Column("must", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("hosting IN ('', 'saas', 'own_server')", name=op.f("ck_choice_needs_hosting")),
        sa.CheckConstraint("records IS NULL OR records >= 0", name=op.f("ck_choice_needs_records")),
        sa.CheckConstraint("users IS NULL OR users > 0", name=op.f("ck_choice_needs_users")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_choice_needs_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", name=op.f("pk_choice_needs")),
    )
    op.create_table(
        "criterion_weight",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("criterion_key", sa.String(length=80), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points BETWEEN 0 AND 1000 AND reason <> ''", name=op.f("ck_criterion_weight_points")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_criterion_weight_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", "criterion_key", name=op.f("pk_criterion_weight")),
    )
    op.create_table(
        "expected_gain",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("gain_key", sa.String(length=80), nullable=False),
        sa.Column("measure", sa.String(length=300), nullable=False),
        sa.Column("figure_today", sa.String(length=80), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("counted_by", sa.String(length=200), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("measure <> '' AND counted_by <> ''", name=op.f("ck_expected_gain_measure")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_expected_gain_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", "gain_key", name=op.f("pk_expected_gain")),
    )
    op.create_table(
        "system_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("system_key", sa.String(length=80), nullable=False),
        sa.Column("system_name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_system_decision_reason")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_system_decision_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_system_decision")),
    )
    with op.batch_alter_table("system_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_system_decision_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "system_level",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("system_key", sa.String(length=80), nullable=False),
        sa.Column("criterion_key", sa.String(length=80), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4 AND evidence <> ''", name=op.f("ck_system_level_level")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_system_level_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", "system_key", "criterion_key", name=op.f("pk_system_level")),
    )
    op.create_table(
        "requirement_criterion",
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("criterion_key", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_requirement_criterion_requirement_id_requirement")
        ),
        sa.PrimaryKeyConstraint("requirement_id", name=op.f("pk_requirement_criterion")),
    )


def downgrade() -> None:
    op.drop_table("requirement_criterion")
    op.drop_table("system_level")
    with op.batch_alter_table("system_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_system_decision_rollout_id"))

    op.drop_table("system_decision")
    op.drop_table("expected_gain")
    op.drop_table("criterion_weight")
    op.drop_table("choice_needs")
    op.drop_table("own_catalogue")
