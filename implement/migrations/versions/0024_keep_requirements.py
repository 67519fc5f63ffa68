"""keep requirements.

Revision ID: 0024
Follows: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("acceptance_test", sa.Text(), nullable=False),
        sa.Column("priority", sa.String(length=10), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("used_by", sa.String(length=500), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "priority IN ('must', 'should', 'could', 'wont')", name=op.f("ck_requirement_priority")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_requirement_text")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_requirement_owner_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_requirement_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
        sa.UniqueConstraint("rollout_id", "number", name=op.f("uq_requirement_rollout_id_number")),
    )
    op.create_table(
        "requirement_origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('finding', 'aim')", name=op.f("ck_requirement_origin_kind")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_requirement_origin_requirement_id_requirement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_origin")),
        sa.UniqueConstraint(
            "requirement_id", "kind", "key", name=op.f("uq_requirement_origin_requirement_id_kind_key")
        ),
    )
    op.create_index(op.f("ix_requirement_origin_key"), "requirement_origin", ["key"])


def downgrade() -> None:
    op.drop_table("requirement_origin")
    op.drop_table("requirement")
