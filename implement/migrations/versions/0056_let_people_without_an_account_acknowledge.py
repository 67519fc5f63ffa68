"""let people without an account acknowledge by a link.

Revision ID: 0056
Follows: 0055
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("acknowledgement") as batch:
        batch.alter_column("user_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_acknowledgement_person_id_person", "person", ["person_id"], ["id"])
        batch.create_unique_constraint("uq_acknowledgement_version_id_person_id", ["version_id", "person_id"])
        batch.create_check_constraint("reader", "(user_id IS NULL) <> (person_id IS NULL)")


def downgrade() -> None:
    op.execute("DELETE FROM acknowledgement WHERE user_id IS NULL")
    with op.batch_alter_table("acknowledgement") as batch:
        batch.drop_constraint("reader", type_="check")
        batch.drop_constraint("uq_acknowledgement_version_id_person_id", type_="unique")
        batch.drop_constraint("fk_acknowledgement_person_id_person", type_="foreignkey")
        batch.drop_column("person_id")
        batch.alter_column("user_id", existing_type=sa.Integer(), nullable=False)
