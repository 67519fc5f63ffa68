"""keep the planned crm.

Revision ID: 0030
Follows: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planned_object",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("records_a_week", sa.Integer(), nullable=False),
        sa.Column("estimate", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("records_a_week >= 0", name=op.f("ck_planned_object_records")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_planned_object_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_object")),
        sa.UniqueConstraint("rollout_id", "name", name=op.f("uq_planned_object_rollout_id_name")),
    )
    op.create_table(
        "planned_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('function', 'widget', 'integration')", name=op.f("ck_planned_part_kind")),
        sa.CheckConstraint("step IN ('framework', 'later')", name=op.f("ck_planned_part_step")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_planned_part_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_part")),
    )
    with op.batch_alter_table("planned_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_part_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "planned_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_planned_role_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_role")),
        sa.UniqueConstraint("rollout_id", "name", name=op.f("uq_planned_role_rollout_id_name")),
    )
    op.create_table(
        "planned_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("done_when", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_planned_stage_days")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_planned_stage_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_stage")),
        sa.UniqueConstraint("rollout_id", "name", name=op.f("uq_planned_stage_rollout_id_name")),
    )
    op.create_table(
        "typing_norm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_typing_norm_seconds")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_typing_norm_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typing_norm")),
        sa.UniqueConstraint("rollout_id", "kind", name=op.f("uq_typing_norm_rollout_id_kind")),
    )
    op.create_table(
        "planned_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("filled_by_id", sa.Integer(), nullable=True),
        sa.Column("read_by", sa.String(length=500), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("entries_a_week", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("step IN ('framework', 'later')", name=op.f("ck_planned_field_step")),
        sa.CheckConstraint("entries_a_week IS NULL OR entries_a_week >= 0", name=op.f("ck_planned_field_entries")),
        sa.ForeignKeyConstraint(
            ["filled_by_id"], ["planned_role.id"], name=op.f("fk_planned_field_filled_by_id_planned_role")
        ),
        sa.ForeignKeyConstraint(
            ["object_id"], ["planned_object.id"], name=op.f("fk_planned_field_object_id_planned_object")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_planned_field_requirement_id_requirement")
        ),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_planned_field_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_field")),
    )
    with op.batch_alter_table("planned_field", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_field_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "planned_part_requirement",
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["part_id"], ["planned_part.id"], name=op.f("fk_planned_part_requirement_part_id_planned_part")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_planned_part_requirement_requirement_id_requirement")
        ),
        sa.PrimaryKeyConstraint("part_id", "requirement_id", name=op.f("pk_planned_part_requirement")),
    )
    op.create_table(
        "planned_right",
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.CheckConstraint("level IN ('read', 'own', 'all')", name=op.f("ck_planned_right_level")),
        sa.ForeignKeyConstraint(
            ["object_id"], ["planned_object.id"], name=op.f("fk_planned_right_object_id_planned_object")
        ),
        sa.ForeignKeyConstraint(["role_id"], ["planned_role.id"], name=op.f("fk_planned_right_role_id_planned_role")),
        sa.PrimaryKeyConstraint("role_id", "object_id", name=op.f("pk_planned_right")),
    )


def downgrade() -> None:
    op.drop_table("planned_right")
    op.drop_table("planned_part_requirement")
    with op.batch_alter_table("planned_field", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_field_rollout_id"))

    op.drop_table("planned_field")
    op.drop_table("typing_norm")
    op.drop_table("planned_stage")
    op.drop_table("planned_role")
    with op.batch_alter_table("planned_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_part_rollout_id"))

    op.drop_table("planned_part")
    op.drop_table("planned_object")
