"""keep who lets their best-kept deals be shown.

Revision ID: 0025
Follows: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "example_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_example_consent_by_id_user")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_example_consent_person_id_person")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_example_consent_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_example_consent")),
    )
    op.create_index("ix_example_consent_person", "example_consent", ["rollout_id", "person_id", "id"])


def downgrade() -> None:
    op.drop_table("example_consent")
