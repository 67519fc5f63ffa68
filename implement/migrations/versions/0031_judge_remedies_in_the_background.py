"""judge remedies in the background.

Revision ID: 0031
Follows: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("started_remedy") as batch:
        batch.add_column(sa.Column("judging_job_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_started_remedy_judging_job_id_job"), "job", ["judging_job_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("started_remedy") as batch:
        batch.drop_constraint(op.f("fk_started_remedy_judging_job_id_job"), type_="foreignkey")
        batch.drop_column("judging_job_id")
