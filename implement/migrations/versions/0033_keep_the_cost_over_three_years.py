"""keep the cost over three years.

Revision ID: 0033
Follows: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_demand",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("repeated_thousandths", sa.Integer(), nullable=False),
        sa.Column("day_thousandths", sa.Integer(), nullable=False),
        sa.Column("busiest_thousandths", sa.Integer(), nullable=False),
        sa.Column("call_thousandths", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("busiest_thousandths BETWEEN 1 AND 1000", name=op.f("ck_call_demand_busiest")),
        sa.CheckConstraint(
            "calls >= 0 AND people > 0 AND day_thousandths > 0 AND call_thousandths > 0",
            name=op.f("ck_call_demand_size"),
        ),
        sa.CheckConstraint("repeated_thousandths BETWEEN 0 AND 1000", name=op.f("ck_call_demand_repeated")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_call_demand_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", name=op.f("pk_call_demand")),
    )
    op.create_table(
        "exchange_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("leads", sa.String(length=12), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("records_a_week", sa.Integer(), nullable=False),
        sa.Column("seconds_each", sa.Integer(), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("leads IN ('', 'crm', 'accounting')", name=op.f("ck_exchange_line_leads")),
        sa.CheckConstraint("way IN ('automatic', 'file', 'by_hand')", name=op.f("ck_exchange_line_way")),
        sa.CheckConstraint("records_a_week >= 0 AND seconds_each >= 0", name=op.f("ck_exchange_line_work")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_exchange_line_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_line")),
    )
    with op.batch_alter_table("exchange_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exchange_line_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "firm_figure",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("factor_key", sa.String(length=80), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("likely", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("0 <= low AND low <= likely AND likely <= high", name=op.f("ck_firm_figure_in_order")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_firm_figure_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", "factor_key", name=op.f("pk_firm_figure")),
    )
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_offer_name")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_offer_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "saving_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("likely", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("piece_minor", sa.Integer(), nullable=False),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("collected_by", sa.String(length=200), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("collected_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("title <> '' AND collected_by <> ''", name=op.f("ck_saving_line_said")),
        sa.CheckConstraint("0 <= low AND low <= likely AND likely <= high", name=op.f("ck_saving_line_in_order")),
        sa.CheckConstraint("first_month BETWEEN 1 AND 36 AND piece_minor >= 0", name=op.f("ck_saving_line_limits")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_saving_line_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saving_line")),
    )
    with op.batch_alter_table("saving_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saving_line_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "offer_figure",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("factor_key", sa.String(length=80), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("likely", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("0 <= low AND low <= likely AND likely <= high", name=op.f("ck_offer_figure_in_order")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_offer_figure_offer_id_offer")),
        sa.PrimaryKeyConstraint("offer_id", "factor_key", name=op.f("pk_offer_figure")),
    )


def downgrade() -> None:
    op.drop_table("offer_figure")
    with op.batch_alter_table("saving_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saving_line_rollout_id"))

    op.drop_table("saving_line")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_rollout_id"))

    op.drop_table("offer")
    op.drop_table("firm_figure")
    with op.batch_alter_table("exchange_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exchange_line_rollout_id"))

    op.drop_table("exchange_line")
    op.drop_table("call_demand")
