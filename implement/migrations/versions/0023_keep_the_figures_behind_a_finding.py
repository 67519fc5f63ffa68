"""keep the figures behind a finding.

Revision ID: 0023
Follows: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OWN = sa.table(
    "audit_own_finding",
    sa.column("id", sa.Integer),
    sa.column("amount_minor_per_year", sa.BigInteger),
    sa.column("calculation", sa.Text),
    sa.column("figures", sa.JSON),
)


def upgrade() -> None:
    with op.batch_alter_table("audit_own_finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("evidence", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("figures", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("source", sa.String(length=120), nullable=True))
        batch_op.alter_column("amount_minor_per_year", existing_type=sa.Integer(), type_=sa.BigInteger())
        batch_op.create_unique_constraint(op.f("uq_audit_own_finding_audit_id_source"), ["audit_id", "source"])
    for row_id, amount, words in _list_rows(OWN.c.calculation):
        figures = [] if amount is None else [{"label": words, "value": f"{amount}/100", "is_share": False}]
        op.get_bind().execute(sa.update(OWN).where(OWN.c.id == row_id).values(figures=figures))
    with op.batch_alter_table("audit_own_finding", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_audit_own_finding_calculation"), type_="check")
        batch_op.drop_column("calculation")
        batch_op.alter_column("evidence", server_default=None)
        batch_op.alter_column("figures", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("audit_own_finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calculation", sa.Text(), nullable=False, server_default=""))
    for row_id, _amount, figures in _list_rows(OWN.c.figures):
        words = " × ".join(f"{one['value']} {one['label']}" for one in figures)
        op.get_bind().execute(sa.update(OWN).where(OWN.c.id == row_id).values(calculation=words))
    with op.batch_alter_table("audit_own_finding", schema=None) as batch_op:
        batch_op.alter_column("calculation", server_default=None)
        batch_op.drop_constraint(op.f("uq_audit_own_finding_audit_id_source"), type_="unique")
        batch_op.drop_column("source")
        batch_op.drop_column("figures")
        batch_op.drop_column("evidence")
        batch_op.alter_column("amount_minor_per_year", existing_type=sa.BigInteger(), type_=sa.Integer())
        batch_op.create_check_constraint(
            op.f("ck_audit_own_finding_calculation"), "amount_minor_per_year IS NULL OR calculation <> ''"
        )


def _list_rows(column: sa.ColumnElement[object]) -> list[tuple[int, int | None, object]]:
    """The rows with their amount and what explains it."""
    rows = op.get_bind().execute(sa.select(OWN.c.id, OWN.c.amount_minor_per_year, column)).all()
    return [(row[0], row[1], row[2]) for row in rows]
