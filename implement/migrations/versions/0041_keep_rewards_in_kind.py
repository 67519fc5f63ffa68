"""keep rewards in kind.

Revision ID: 0041
Follows: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reward_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("reward", sa.String(length=200), nullable=False),
        sa.Column("records_per_reward", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("records_per_reward >= 1", name=op.f("ck_reward_rule_records")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_reward_rule_days")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_reward_rule_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward_rule")),
    )
    with op.batch_alter_table("reward_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reward_rule_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "reward_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reward_count", sa.Integer(), nullable=False),
        sa.Column("records_then", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reward_count > 0 OR reason <> ''", name=op.f("ck_reward_grant_reason")),
        sa.CheckConstraint("reward_count <> 0", name=op.f("ck_reward_grant_rewards")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reward_grant_person_id_person")),
        sa.ForeignKeyConstraint(["rule_id"], ["reward_rule.id"], name=op.f("fk_reward_grant_rule_id_reward_rule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward_grant")),
    )
    with op.batch_alter_table("reward_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reward_grant_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reward_grant_rule_id"), ["rule_id"], unique=False)

    op.create_table(
        "reward_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["grant_id"], ["reward_grant.id"], name=op.f("fk_reward_claim_grant_id_reward_grant")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reward_claim_person_id_person")),
        sa.ForeignKeyConstraint(["rule_id"], ["reward_rule.id"], name=op.f("fk_reward_claim_rule_id_reward_rule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward_claim")),
        sa.UniqueConstraint("grant_id", name=op.f("uq_reward_claim_grant_id")),
    )
    with op.batch_alter_table("reward_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reward_claim_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reward_claim_rule_id"), ["rule_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("reward_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reward_claim_rule_id"))
        batch_op.drop_index(batch_op.f("ix_reward_claim_person_id"))

    op.drop_table("reward_claim")
    with op.batch_alter_table("reward_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reward_grant_rule_id"))
        batch_op.drop_index(batch_op.f("ix_reward_grant_person_id"))

    op.drop_table("reward_grant")
    with op.batch_alter_table("reward_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reward_rule_rollout_id"))

    op.drop_table("reward_rule")
