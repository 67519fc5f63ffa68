"""keep workflows.

Revision ID: 0026
Follows: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_workflow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_wanted", sa.Boolean(), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("runs_per_month", sa.Integer(), nullable=True),
        sa.Column("hour_cost_minor", sa.Integer(), nullable=True),
        sa.Column("unclear_because", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("runs_per_month >= 0 AND hour_cost_minor >= 0", name=op.f("ck_audit_workflow_counts")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_audit_workflow_name")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_audit_workflow_audit_id_audit")),
        sa.ForeignKeyConstraint(
            ["copied_from_id"], ["audit_workflow.id"], name=op.f("fk_audit_workflow_copied_from_id_audit_workflow")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_workflow")),
    )
    op.create_index(op.f("ix_audit_workflow_audit_id"), "audit_workflow", ["audit_id"])
    op.create_table(
        "audit_workflow_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workflow_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("work_minutes", sa.Integer(), nullable=True),
        sa.Column("waiting_minutes", sa.Integer(), nullable=True),
        sa.Column("is_unclear", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("title <> ''", name=op.f("ck_audit_workflow_step_title")),
        sa.CheckConstraint("work_minutes >= 0 AND waiting_minutes >= 0", name=op.f("ck_audit_workflow_step_minutes")),
        sa.ForeignKeyConstraint(
            ["workflow_id"], ["audit_workflow.id"], name=op.f("fk_audit_workflow_step_workflow_id_audit_workflow")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_workflow_step")),
    )
    op.create_index(op.f("ix_audit_workflow_step_workflow_id"), "audit_workflow_step", ["workflow_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_workflow_step_workflow_id"), table_name="audit_workflow_step")
    op.drop_table("audit_workflow_step")
    op.drop_index(op.f("ix_audit_workflow_audit_id"), table_name="audit_workflow")
    op.drop_table("audit_workflow")
